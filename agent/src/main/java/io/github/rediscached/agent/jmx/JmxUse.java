package io.github.rediscached.agent.jmx;

/**
 * The classes of the JDK that an application loads when it begins to use JMX or logging. The agent
 * asks for each class of the JDK that is loaded, so this is cheap, and it never loads {@link
 * BeanRegistration} for it.
 */
public final class JmxUse {

  private JmxUse() {}

  /**
   * Whether the use of JMX or logging begins with this class.
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
