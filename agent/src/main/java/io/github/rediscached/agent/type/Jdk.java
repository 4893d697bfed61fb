package io.github.rediscached.agent.type;

/** Tells the JDK's classes from those of the application and its libraries. */
public final class Jdk {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private Jdk() {}

  public static boolean owns(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == PLATFORM;
  }

  /** Whether a name may be one of the JDK's. Loads no class. */
  public static boolean mayOwn(String className) {
    return className.startsWith("java.")
        || className.startsWith("javax.")
        || className.startsWith("jdk.")
        || className.startsWith("sun.")
        || className.startsWith("com.sun.");
  }
}
