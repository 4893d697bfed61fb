package io.github.rediscached.agent.jmx;

/**
 * Tells from a class of the JDK that is being loaded that the application has begun to use JMX or
 * logging. Cheap enough to ask for each of them.
 */
public final class JmxUse {

  private JmxUse() {}

  /**
   * Whether the application has begun.
   *
   * @param internalClassName such as {@code java/lang/String}
   */
  public static boolean beginsWith(String internalClassName) {
    return internalClassName.startsWith("java")
        && (internalClassName.equals("java/util/logging/LogManager")
            || internalClassName.equals("java/lang/management/ManagementFactory")
            || internalClassName.equals("javax/management/MBeanServerFactory"));
  }
}
