package io.github.rediscached.agent;

import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.call.EntryPolicy;
import io.github.rediscached.agent.config.Rule;
import io.github.rediscached.agent.config.Settings;
import io.github.rediscached.agent.config.SettingsException;
import io.github.rediscached.agent.config.SettingsLoader;
import io.github.rediscached.agent.instrument.BootBridge;
import io.github.rediscached.agent.instrument.Instrumentations;
import io.github.rediscached.agent.instrument.MethodReport;
import io.github.rediscached.agent.instrument.MethodRule;
import io.github.rediscached.agent.instrument.ModuleOpener;
import io.github.rediscached.agent.jmx.AgentView;
import io.github.rediscached.agent.jmx.BeanRegistration;
import io.github.rediscached.agent.jmx.RedisView;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.StatsRegistry;
import io.github.rediscached.agent.store.RedisStore;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the settings and wires the parts. Alone knows all of them. */
public final class Agent implements AgentView, RedisView, BooleanSupplier {

  private static final String VERSION = "0.1.0";

  private final MethodReport report;
  private final RedisStore store;
  private volatile boolean enabled;

  private Agent(Settings settings, AgentLog log) {
    this.report = new MethodReport(log);
    this.enabled = settings.enabled();
    this.store =
        new RedisStore(
            settings.redis().uri(),
            settings.redis().redactedUri(),
            settings.redis().timeout(),
            settings.redis().connectTimeout(),
            log);
  }

  /** Called by {@link AgentMain}, through the agent's own class loader. */
  public static void start(@Nullable String argument, Instrumentation instrumentation)
      throws Exception {
    AgentLog log = new AgentLog(System.err);
    if (BootBridge.isThere()) {
      log.warn("is already in this JVM; this second start changes nothing.");
      return;
    }
    Settings settings;
    try {
      settings =
          new SettingsLoader(
                  System.getenv(), System.getProperties(), new File("").getAbsoluteFile())
              .load(argument);
    } catch (SettingsException e) {
      log.warn(
          "the settings have mistakes; the application runs as if there were no agent.\n"
              + e.getMessage());
      return;
    }
    for (String remark : settings.remarks()) {
      log.warn(remark);
    }
    new Agent(settings, log).start(settings, instrumentation, log);
  }

  private void start(Settings settings, Instrumentation instrumentation, AgentLog log)
      throws Exception {
    StatsRegistry stats = new StatsRegistry();
    BeanRegistration beans = new BeanRegistration(log, stats, this, this);
    ModuleOpener opener = new ModuleOpener(instrumentation);
    BootBridge bridge = BootBridge.define(instrumentation);
    CallSites callSites =
        new CallSites(
            store,
            stats,
            bridge,
            new EntryPolicy(
                settings.defaults().ttl(),
                settings.defaults().ttlJitter(),
                settings.defaults().maxValueSizeBytes()),
            settings.namespace(),
            this,
            opener,
            log);
    beans.start();
    Instrumentations.start(
        instrumentation,
        bridge,
        rulesOf(settings),
        settings.reportUnmatchedAfter(),
        callSites,
        report,
        opener,
        new Consumer<String>() {
          @Override
          public void accept(String jdkClass) {
            if (BeanRegistration.isTrigger(jdkClass)
                && Thread.currentThread().getContextClassLoader() != Agent.class.getClassLoader()) {
              beans.applicationLoaded(jdkClass);
            }
          }
        },
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

  @Override
  public boolean connected() {
    return store.connected();
  }

  @Override
  public long timeouts() {
    return store.timeouts();
  }

  @Override
  public long errors() {
    return store.errors();
  }

  @Override
  public long reconnects() {
    return store.reconnects();
  }

  @Override
  public Map<String, String> info() {
    return store.info();
  }
}
