package io.github.rediscached.agent.jmx.application;

import java.lang.management.ManagementFactory;
import java.util.logging.LogManager;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** What the application does with JMX and logging. */
final class Scenario {

  private Scenario() {}

  static void nameOwnClasses() {
    System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
    System.setProperty("javax.management.builder.initial", OwnServerBuilder.class.getName());
  }

  static void startLogging() {
    System.out.println("startedBy=" + LogManager.getLogManager().getClass().getSimpleName());
  }

  /** Says whose classes are in use after the agent has registered its beans. */
  static void report() throws MalformedObjectNameException {
    MBeanServer withBeans = awaitBeans();
    MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
    System.out.println("beansInPlatformServer=" + (withBeans == platform));
    System.out.println("logManager=" + LogManager.getLogManager().getClass().getSimpleName());
    System.out.println("serversBuiltByOwnBuilder=" + OwnServerBuilder.built());
  }

  /** Looks at the servers that are there, and creates none. */
  private static MBeanServer awaitBeans() throws MalformedObjectNameException {
    ObjectName name = new ObjectName("io.github.rediscached:type=Redis");
    while (true) {
      for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
        if (server.isRegistered(name)) {
          return server;
        }
      }
      Thread.onSpinWait();
    }
  }
}
