package io.github.rediscached.benchmarks.startup;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** What any agent costs at least: sees each class and changes none. */
public final class NoOpAgent implements ClassFileTransformer {

  private NoOpAgent() {}

  public static void premain(@Nullable String argument, Instrumentation instrumentation) {
    instrumentation.addTransformer(new NoOpAgent(), true);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    return null;
  }
}
