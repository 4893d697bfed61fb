package io.github.rediscached.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters the agent. This class, {@link AgentClassLoader} and {@link NestedJar} are
 * all that the system class loader can see of us, apart from the bridge; everything else is read by
 * an {@link AgentClassLoader}.
 *
 * <p>What must never happen here: an exception that leaves these methods (it would end the JVM), or
 * a class load that fixes something the application still wants to choose (java.util.logging, JMX,
 * sockets, name services, java.nio.file).
 */
public final class AgentMain {

  /** The agent's argument that has the agent in this JVM leave it. */
  static final String DETACH = "detach";

  /** The one that has it read its settings again. */
  static final String RELOAD = "reload";

  /** The system property that says which version is in this JVM, and since when. */
  private static final String PRESENCE = "io.github.rediscached.agent";

  /**
   * What has started the agent; null while there is none. The system class loader has one class of
   * this name, so this is one per JVM.
   */
  private static @Nullable BiPredicate<@Nullable String, Instrumentation> started;

  private AgentMain() {}

  /** Called by the JVM before {@code main}, for {@code -javaagent:}. */
  public static void premain(@Nullable String argument, Instrumentation instrumentation) {
    start(argument, instrumentation);
  }

  /** Called by the JVM when the agent is attached to a running JVM. */
  public static void agentmain(@Nullable String argument, Instrumentation instrumentation) {
    start(argument, instrumentation);
  }

  @SuppressWarnings("unchecked") // It is ours.
  private static synchronized void start(
      @Nullable String argument, Instrumentation instrumentation) {
    try {
      File jar =
          new File(AgentMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (argument != null && (argument.equals(DETACH) || argument.equals(RELOAD))) {
        tell(argument, instrumentation);
        return;
      }
      if (started != null) {
        // Nothing of the argument, which may have a password in it.
        System.err.println(
            "[rediscached] WARN the agent of "
                + jar
                + " is already in this JVM, so its second start changes nothing and the settings given"
                + " with it are ignored. Name the agent once. To change settings, detach it and attach"
                + " it again, or restart the JVM.");
        return;
      }
      Class<?> start =
          Class.forName(
              "io.github.rediscached.agent.Start",
              true,
              new AgentClassLoader(jar, ClassLoader.getPlatformClassLoader()));
      BiPredicate<@Nullable String, Instrumentation> made =
          (BiPredicate<@Nullable String, Instrumentation>)
              start.getDeclaredConstructor().newInstance();
      if (made.test(argument, instrumentation)) {
        started = made;
        System.setProperty(
            PRESENCE,
            AgentMain.class.getPackage().getImplementationVersion()
                + " "
                + System.currentTimeMillis());
      }
    } catch (Throwable failed) {
      System.err.println(
          "[rediscached] WARN the agent could not "
              + (DETACH.equals(argument) || RELOAD.equals(argument)
                  ? argument
                  : "start; the application runs without it")
              + ": "
              + rootCauseOf(failed));
    }
  }

  private static void tell(String command, Instrumentation instrumentation) {
    BiPredicate<@Nullable String, Instrumentation> present = started;
    if (present == null) {
      System.err.println(
          "[rediscached] WARN there is no agent in this JVM, so " + command + " does nothing.");
    } else if (!present.test(command, instrumentation)) {
      started = null;
      System.clearProperty(PRESENCE);
    }
  }

  private static Throwable rootCauseOf(Throwable failed) {
    Throwable root = failed;
    for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }
}
