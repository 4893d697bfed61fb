package io.github.rediscached.agent;

import io.github.rediscached.agent.config.Settings;
import io.github.rediscached.agent.config.SettingsException;
import io.github.rediscached.agent.config.SettingsLoader;
import io.github.rediscached.agent.log.AgentLog;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings and starts the {@link Agent}, unless they have mistakes; when it is told to,
 * stops it, or replaces it by one with the settings of now. {@link AgentMain} makes and calls it
 * through the agent's own class loader. The call goes through an interface of the JDK, since a
 * reflective one generates classes from JDK 18 on. Thread-safe.
 */
public final class Start implements BiPredicate<@Nullable String, Instrumentation>, Runnable {

  private final AgentLog log = new AgentLog(System.err);
  private @Nullable String given;
  private @Nullable Instrumentation instrumentation;
  private @Nullable Agent agent;

  public Start() {}

  /**
   * Starts the agent; if the argument is {@link AgentMain#DETACH}, stops it; if it is {@link
   * AgentMain#RELOAD}, reads the settings again.
   *
   * @return whether the agent works now; false if it was stopped, or its first settings have
   *     mistakes, which are logged
   */
  @Override
  public synchronized boolean test(@Nullable String argument, Instrumentation instrumentation) {
    if (AgentMain.DETACH.equals(argument)) {
      stop();
      agent = null;
      log.info("the agent has left this JVM; all methods run as without it.");
      return false;
    }
    if (AgentMain.RELOAD.equals(argument)) {
      run();
      return true;
    }
    given = argument;
    this.instrumentation = instrumentation;
    Settings settings = settings("the application runs as if there were no agent");
    if (settings == null) {
      return false;
    }
    Agent made = new Agent(settings, instrumentation, null, this, log);
    agent = made;
    made.start();
    return true;
  }

  /** Reads the settings again; if they have mistakes nothing changes. */
  @Override
  public synchronized void run() {
    Agent before = agent;
    if (before == null || instrumentation == null) {
      // A detach was faster: this thread has waited for its end.
      return;
    }
    Settings settings = settings("the agent goes on with those that it has");
    if (settings == null) {
      return;
    }
    stop();
    Agent next = new Agent(settings, instrumentation, before.figures(), this, log);
    before.handOver(next);
    agent = next;
    next.start();
    log.info("the agent has read its settings anew.");
  }

  private void stop() {
    int lost = agent == null ? 0 : agent.stop();
    if (lost > 0) {
      log.warn(
          lost
              + " invalidations could not be sent to Redis, which is away. Other JVMs may return what"
              + " they concern until its TTL ends. Call clearAll() on the Agent bean of one of them"
              + " when Redis is back.");
    }
  }

  /**
   * Null if they have mistakes.
   *
   * @param then what that means, for the log
   */
  private @Nullable Settings settings(String then) {
    try {
      Settings settings =
          new SettingsLoader(
                  System.getenv(), System.getProperties(), new File("").getAbsoluteFile())
              .load(given);
      for (String remark : settings.remarks()) {
        log.info(remark);
      }
      return settings;
    } catch (SettingsException e) {
      log.warn("the settings have mistakes; " + then + ".");
      for (String mistake : String.valueOf(e.getMessage()).split("\n", -1)) {
        log.warn(mistake);
      }
      return null;
    }
  }
}
