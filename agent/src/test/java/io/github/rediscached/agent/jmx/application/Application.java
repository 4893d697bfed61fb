package io.github.rediscached.agent.jmx.application;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An application with an agent that registers beans. Arguments: the scenario, the agent's delay and
 * grace in milliseconds, each entry of the agent's class path. It refers to JMX and logging only in
 * {@link Scenario}, which it loads late.
 */
public final class Application {

  private Application() {}

  public static void main(String[] arguments) throws Exception {
    Consumer<String> agent = startAgent(arguments);
    Thread daemon = awaitWaitingDaemon();
    System.out.println("contextLoaderIsAgents=" + isAgents(daemon.getContextClassLoader(), agent));
    System.out.println("APPLICATION BEGINS");
    switch (arguments[0]) {
      case "quiet" -> daemon.join(TimeUnit.SECONDS.toMillis(20));
      case "own" -> {
        agent.accept("java/util/logging/LogManager");
        Scenario.report();
      }
      case "ownNamedInMain" -> {
        agent.accept("java/util/logging/LogManager");
        Scenario.nameOwnClasses();
        Scenario.report();
      }
      case "delay" -> Scenario.report();
      case "slowLogManager" -> {
        agent.accept("java/util/logging/LogManager");
        Scenario.startLogging();
        Scenario.report();
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.out.println("APPLICATION ENDS");
  }

  /** Without the application's class loader among its parents, as the real agent. */
  @SuppressWarnings("unchecked")
  private static Consumer<String> startAgent(String[] arguments) throws Exception {
    URL[] classPath = new URL[arguments.length - 3];
    for (int i = 0; i < classPath.length; i++) {
      classPath[i] = url(arguments[i + 3]);
    }
    ClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
    return (Consumer<String>)
        loader
            .loadClass("io.github.rediscached.agent.jmx.application.IsolatedAgent")
            .getMethod("start", long.class, long.class)
            .invoke(null, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
  }

  private static URL url(String file) throws MalformedURLException {
    return new File(file).toURI().toURL();
  }

  private static boolean isAgents(ClassLoader loader, Consumer<String> agent) {
    return loader == agent.getClass().getClassLoader();
  }

  private static Thread awaitWaitingDaemon() {
    while (true) {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("rediscached-jmx")
            && thread.getState() == Thread.State.TIMED_WAITING) {
          return thread;
        }
      }
      Thread.onSpinWait();
    }
  }
}
