package io.github.rediscached.agent;

import io.github.rediscached.agent.config.Settings;
import io.github.rediscached.agent.config.Settings.CacheRule;
import io.github.rediscached.agent.config.Settings.EvictionRule;
import io.github.rediscached.agent.config.SettingsException;
import io.github.rediscached.agent.config.SettingsLoader;
import io.github.rediscached.agent.instrument.Instrumentations;
import io.github.rediscached.agent.instrument.MethodRule;
import io.github.rediscached.agent.log.AgentLog;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings and starts the agent; made and called by {@link AgentMain} through the agent's
 * own class loader. The call goes through an interface of the JDK, since from JDK 18 on a
 * reflective one generates classes.
 */
public final class Start implements BiPredicate<@Nullable String, Instrumentation> {

  public Start() {}

  /** Returns whether the agent works now; false if the settings have mistakes, which are logged. */
  @Override
  public boolean test(@Nullable String argument, Instrumentation instrumentation) {
    AgentLog log = new AgentLog(System.err);
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
    LazyAgent agent = new LazyAgent(settings, instrumentation, log);
    Instrumentations.start(
        instrumentation, rulesOf(settings), settings.reportUnmatchedAfter(), agent, agent, log);
    return true;
  }

  private static List<MethodRule> rulesOf(Settings settings) {
    List<MethodRule> rules = new ArrayList<>();
    for (CacheRule rule : settings.rules()) {
      rules.add(
          new MethodRule(rule.pattern(), rule.options(), settings.file() + ":" + rule.line()));
    }
    for (EvictionRule rule : settings.evictions()) {
      rules.add(
          new MethodRule(rule.pattern(), rule.options(), settings.file() + ":" + rule.line()));
    }
    return rules;
  }
}
