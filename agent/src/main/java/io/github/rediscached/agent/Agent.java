package io.github.rediscached.agent;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.config.Settings;
import io.github.rediscached.agent.instrument.MethodReport;
import io.github.rediscached.agent.instrument.ModuleOpener;
import io.github.rediscached.agent.instrument.Wiring;
import io.github.rediscached.agent.jmx.AgentView;
import io.github.rediscached.agent.jmx.BeanRegistration;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.StatsRegistry;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Wires the parts that work once there is something to cache or to show. Alone knows all of them.
 */
final class Agent implements Wiring, AgentView, BooleanSupplier {

  private final StatsRegistry stats;
  private final CachedCalls calls;
  private final ModuleOpener opener;
  private final MethodReport report;
  private final BeanRegistration beans;
  private volatile boolean enabled;

  Agent(Settings settings, Instrumentation instrumentation, AgentLog log) {
    this.stats = new StatsRegistry();
    this.enabled = settings.enabled();
    this.opener = new ModuleOpener(instrumentation);
    this.calls = new CachedCalls(settings, stats, this, opener, log);
    this.report =
        new MethodReport(
            log,
            new Runnable() {
              @Override
              public void run() {
                if (enabled) {
                  calls.connect();
                }
              }
            });
    this.beans = new BeanRegistration(log, stats, this, calls);
  }

  /** Starts what works by itself. */
  void start() {
    beans.start();
  }

  void applicationUsesJmx() {
    beans.applicationUsesJmx();
  }

  @Override
  public MethodReport report() {
    return report;
  }

  @Override
  public CallSites callSites(Bridge bridge) {
    return calls.apply(bridge);
  }

  @Override
  public void invalidateLater(@Nullable String cache) {
    calls.invalidations().later(cache);
  }

  @Override
  public Consumer<Class<?>> opener() {
    return opener;
  }

  @Override
  public boolean getAsBoolean() {
    return enabled;
  }

  @Override
  public String version() {
    // That of the jar's manifest, which the system class loader has read with its first class.
    String version = getClass().getClassLoader().getClass().getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  @Override
  public boolean enabled() {
    return enabled;
  }

  @Override
  public void enabled(boolean on) {
    enabled = on;
    // In this order: a method that is instrumented meanwhile sees the one or is seen by the other.
    if (on && !report.instrumentedMethods().isEmpty()) {
      calls.connect();
    }
  }

  @Override
  public List<String> instrumentedMethods() {
    return report.instrumentedMethods();
  }

  @Override
  public List<String> rejectedMethods() {
    List<String> all = new ArrayList<>(report.rejectedMethods());
    for (Map.Entry<String, String> method : stats.suspended().entrySet()) {
      all.add(method.getKey() + ": left alone for a while, since " + method.getValue());
    }
    return all;
  }

  @Override
  public long nearEntries() {
    return calls.nearEntries();
  }

  @Override
  public long nearBytes() {
    return calls.nearBytes();
  }

  @Override
  public void invalidateTag(String tag) {
    calls.invalidations().tag(tag);
  }

  @Override
  public long invalidatePattern(String pattern) {
    try {
      return calls.invalidations().pattern(pattern);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "`pattern` is \"" + pattern + "\", which " + e.getMessage(), e);
    }
  }

  @Override
  public void clear(String cache) {
    calls.invalidations().cache(cache);
  }

  @Override
  public void clearAll() {
    calls.invalidations().everything();
  }
}
