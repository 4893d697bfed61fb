package io.github.rediscached.agent.type;

/** Tells the JDK's own classes from the application's. */
public final class Jdk {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private Jdk() {}

  public static boolean owns(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == PLATFORM;
  }

  /** By its name alone, before anything is loaded. */
  public static boolean mayOwn(String className) {
    return className.startsWith("java.")
        || className.startsWith("javax.")
        || className.startsWith("jdk.")
        || className.startsWith("sun.")
        || className.startsWith("com.sun.");
  }
}
