package io.github.rediscached.agent.instrument;

/**
 * Recognises the methods that the compilers of Kotlin and Scala put in front of an annotated one,
 * with a copy of its annotations: static ones for Java, overloads for default arguments, those of a
 * class for its traits and delegates. They call through to it, and caching in both would count
 * everything twice.
 */
final class Forwarders {

  private static final String JVM_STATIC = "Lkotlin/jvm/JvmStatic;";

  private Forwarders() {}

  static boolean include(ClassModel type, MethodModel method) {
    MethodModel.Call call = method.onlyCall();
    if (call == null) {
      return false;
    }
    return call.name().equals(method.name)
        ? toCompanion(type, method, call) || toDelegate(method)
        : toDefaults(method, call);
  }

  /** How many parameters in front stand for {@code this}. */
  static int receivers(ClassModel type, MethodModel method) {
    // Where Kotlin puts the code of an interface if it is not to be in default methods.
    return type.name().endsWith("$DefaultImpls") && method.isStatic() ? 1 : 0;
  }

  private static boolean toCompanion(ClassModel type, MethodModel method, MethodModel.Call call) {
    if (!method.isStatic()) {
      return false;
    }
    MethodModel.Field field = method.onlyField();
    return field != null
        && (field.name().equals("MODULE$")
            ? call.owner().equals(type.name() + '$')
            : method.annotations.contains(JVM_STATIC)
                && field.owner().equals(type.name())
                && call.owner().equals(type.name() + '$' + field.name()));
  }

  private static boolean toDelegate(MethodModel method) {
    MethodModel.Field field = method.onlyField();
    return field != null && field.name().startsWith("$$delegate_");
  }

  private static boolean toDefaults(MethodModel method, MethodModel.Call call) {
    return call.name().equals(method.name + '$')
        || call.name().equals(method.name + "$default")
        || call.name().equals("access$" + method.name + "$jd");
  }
}
