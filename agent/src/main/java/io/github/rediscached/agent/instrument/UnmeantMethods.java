package io.github.rediscached.agent.instrument;

import java.util.Arrays;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * What a wildcard in a method's name does not mean: methods that classes have whatever they are
 * for. Of most all objects of a class would be taken for one; others are called while a value is
 * read from Redis, which would not end.
 */
final class UnmeantMethods {

  private static final Set<String> OF_ANY_CLASS =
      Set.of(
          "equals(Ljava/lang/Object;)Z",
          "hashCode()I",
          "toString()Ljava/lang/String;",
          "clone()Ljava/lang/Object;",
          "finalize()V",
          "readResolve()Ljava/lang/Object;",
          "writeReplace()Ljava/lang/Object;");

  private static final String GROOVY_OBJECT = "groovy/lang/GroovyObject";

  private static final Set<String> OF_GROOVY_CLASSES =
      Set.of(
          "getMetaClass()Lgroovy/lang/MetaClass;",
          "setMetaClass(Lgroovy/lang/MetaClass;)V",
          "getProperty(Ljava/lang/String;)Ljava/lang/Object;",
          "setProperty(Ljava/lang/String;Ljava/lang/Object;)V",
          "invokeMethod(Ljava/lang/String;Ljava/lang/Object;)Ljava/lang/Object;");

  private UnmeantMethods() {}

  static boolean include(ClassModel type, MethodModel method) {
    return OF_ANY_CLASS.contains(method.id())
        || (method.name.equals("compareTo") && method.parameters.length == 1)
        || (OF_GROOVY_CLASSES.contains(method.id())
            && Arrays.asList(type.interfaces()).contains(GROOVY_OBJECT))
        || giveConstants(type, method);
  }

  /** Whether it is one of the two methods that the compiler adds to an enum. */
  static boolean giveConstants(ClassModel type, MethodModel method) {
    return type.is(Opcodes.ACC_ENUM)
        && method.isStatic()
        && ((method.name.equals("values") && method.parameters.length == 0)
            || (method.name.equals("valueOf")
                && method.descriptor.startsWith("(Ljava/lang/String;)")));
  }
}
