package io.github.rediscached.agent;

import io.github.rediscached.agent.config.Rule;
import io.github.rediscached.agent.config.Settings;
import io.github.rediscached.agent.instrument.Instrumentations;
import io.github.rediscached.agent.instrument.MethodReport;
import io.github.rediscached.agent.instrument.MethodRule;
import io.github.rediscached.agent.instrument.ModuleOpener;
import io.github.rediscached.agent.jmx.AgentView;
import io.github.rediscached.agent.jmx.BeanRegistration;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.StatsRegistry;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Wires the parts. Alone knows all of them. */
final class Agent implements AgentView, BooleanSupplier {

  private static final String VERSION = "0.1.0";

  private final StatsRegistry stats = new StatsRegistry();
  private final ModuleOpener opener;
  private final CachedCalls calls;
  private final MethodReport report;
  private volatile boolean enabled;

  private Agent(Settings settings, Instrumentation instrumentation, AgentLog log) {
    this.enabled = settings.enabled();
    this.opener = new ModuleOpener(instrumentation);
    this.calls = new CachedCalls(settings, stats, this, opener, log);
    this.report =
        new MethodReport(
            log,
            new Runnable() {
              @Override
              public void run() {
                calls.connect();
              }
            });
  }

  static void start(Settings settings, Instrumentation instrumentation, AgentLog log) {
    Agent agent = new Agent(settings, instrumentation, log);
    BeanRegistration beans = new BeanRegistration(log, agent.stats, agent, agent.calls);
    beans.start();
    Instrumentations.start(
        instrumentation,
        rulesOf(settings),
        settings.reportUnmatchedAfter(),
        agent.calls,
        agent.report,
        agent.opener,
        beans,
        log);
  }

  private static List<MethodRule> rulesOf(Settings settings) {
    List<MethodRule> rules = new ArrayList<>();
    for (Rule rule : settings.rules()) {
      rules.add(
          new MethodRule(rule.pattern(), rule.options(), settings.file() + ":" + rule.line()));
    }
    return rules;
  }

  @Override
  public boolean getAsBoolean() {
    return enabled;
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public boolean enabled() {
    return enabled;
  }

  @Override
  public void enabled(boolean on) {
    enabled = on;
  }

  @Override
  public List<String> instrumentedMethods() {
    return report.instrumentedMethods();
  }

  @Override
  public List<String> rejectedMethods() {
    return report.rejectedMethods();
  }
}
