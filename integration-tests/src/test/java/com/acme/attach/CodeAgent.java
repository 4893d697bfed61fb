package com.acme.attach;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Base64;

/** Another agent, which says what the byte code of a class is at present. */
public final class CodeAgent {

  private CodeAgent() {}

  /** Prints {@code code=} and the class file of the class that the argument names, in base64. */
  public static void agentmain(String argument, Instrumentation instrumentation) throws Exception {
    Class<?> looked = Class.forName(argument);
    ClassFileTransformer look =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> type,
              ProtectionDomain domain,
              byte[] classFile) {
            if (type == looked) {
              System.out.println("code=" + Base64.getEncoder().encodeToString(classFile));
            }
            return null;
          }
        };
    instrumentation.addTransformer(look, true);
    try {
      instrumentation.retransformClasses(looked);
    } finally {
      instrumentation.removeTransformer(look);
    }
  }
}
