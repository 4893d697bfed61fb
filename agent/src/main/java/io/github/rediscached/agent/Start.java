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
 * Reads the settings and starts the {@link Agent}, unless they have mistakes; stops it when it is
 * told to. {@link AgentMain} makes and calls it through the agent's own class loader. The call goes
 * through an interface of the JDK, since a reflective one generates classes from JDK 18 on.
 */
public final class Start implements BiPredicate<@Nullable String, Instrumentation> {

  private final AgentLog log = new AgentLog(System.err);
  private @Nullable Agent agent;

  public Start() {}

  /**
   * Starts the agent, or stops it if the argument is {@link AgentMain#DETACH}.
   *
   * @return whether the agent works now; false if it was stopped, or the settings have mistakes,
   *     which are logged
   */
  @Override
  public boolean test(@Nullable String argument, Instrumentation instrumentation) {
    if (AgentMain.DETACH.equals(argument)) {
      stop();
      return false;
    }
    return start(argument, instrumentation);
  }

  private void stop() {
    if (agent != null) {
      agent.stop();
      agent = null;
      log.info("the agent has left this JVM; all methods run as without it.");
    }
  }

  private boolean start(@Nullable String argument, Instrumentation instrumentation) {
    Settings settings;
    try {
      settings =
          new SettingsLoader(
                  System.getenv(), System.getProperties(), new File("").getAbsoluteFile())
              .load(argument);
    } catch (SettingsException e) {
      log.warn("the settings have mistakes; the application runs as if there were no agent.");
      for (String mistake : String.valueOf(e.getMessage()).split("\n", -1)) {
        log.warn(mistake);
      }
      return false;
    }
    for (String remark : settings.remarks()) {
      log.info(remark);
    }
    agent = new Agent(settings, instrumentation, log);
    agent.start();
    return true;
  }
}
