package io.github.rediscached.agent;

import io.github.rediscached.agent.call.CallContext;
import io.github.rediscached.agent.instrument.MethodReport;
import io.github.rediscached.agent.jmx.AgentView;
import io.github.rediscached.agent.jmx.BeanRegistration;
import io.github.rediscached.agent.jmx.RedisView;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.protocol.Invalidations;
import io.github.rediscached.agent.stats.StatsRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent as its JMX beans show it and operate it: methods, figures, the switch {@code Enabled},
 * invalidations. The {@link Agent} makes it; threads of JMX and calls of cached methods ask it. As
 * long as no class has a method to cache there are no calls and no Redis. It never makes them.
 * Thread-safe.
 */
final class AgentState implements AgentView, RedisView, BooleanSupplier {

  private final StatsRegistry stats;
  private final MethodReport report;
  private final BeanRegistration beans;
  private final Runnable reload;
  private volatile boolean enabled;
  private volatile @Nullable CallContext calls;

  /** Starts nothing. */
  AgentState(boolean enabled, StatsRegistry stats, Runnable reload, AgentLog log) {
    this.enabled = enabled;
    this.stats = stats;
    this.reload = reload;
    this.report =
        new MethodReport(
            log,
            new Runnable() {
              @Override
              public void run() {
                connectIfEnabled();
              }
            });
    this.beans = new BeanRegistration(log, stats, this, this);
  }

  void start() {
    beans.start();
  }

  /**
   * Ends what calls need, and removes the beans. Calls that are under way run uncached.
   *
   * @return how many invalidations could not be sent
   */
  int stop() {
    CallContext present = calls;
    int lost = present == null ? 0 : present.stop();
    beans.stop();
    return lost;
  }

  void applicationUsesJmx() {
    beans.applicationUsesJmx();
  }

  /** From now on there are calls of cached methods. */
  void started(CallContext context) {
    calls = context;
  }

  /** Null as long as no class has a method to cache. */
  @Nullable CallContext calls() {
    return calls;
  }

  StatsRegistry stats() {
    return stats;
  }

  MethodReport report() {
    return report;
  }

  /** A method is cached, and will be called soon. */
  private void connectIfEnabled() {
    CallContext present = calls;
    if (enabled && present != null) {
      present.store().connect();
    }
  }

  /**
   * @throws IllegalStateException for JConsole: no method is cached so far, so there is no Redis
   */
  Invalidations invalidations() {
    CallContext present = calls;
    if (present == null) {
      throw new IllegalStateException(
          "No method of this JVM is cached so far. Ask a JVM that caches.");
    }
    return present.invalidations();
  }

  /** Asked on each call of a cached method. */
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
      connectIfEnabled();
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
    CallContext present = calls;
    return present == null ? 0 : present.nearEntries();
  }

  @Override
  public long nearBytes() {
    CallContext present = calls;
    return present == null ? 0 : present.nearBytes();
  }

  @Override
  public void reload() {
    reload.run();
  }

  @Override
  public void invalidateTag(String tag) {
    invalidations().tag(tag);
  }

  @Override
  public long invalidatePattern(String pattern) {
    try {
      return invalidations().pattern(pattern);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "`pattern` is \"" + pattern + "\", which " + e.getMessage(), e);
    }
  }

  @Override
  public void clear(String cache) {
    invalidations().cache(cache);
  }

  @Override
  public void clearAll() {
    invalidations().everything();
  }

  @Override
  public boolean connected() {
    CallContext present = calls;
    return present != null && present.store().connected();
  }

  @Override
  public long timeouts() {
    CallContext present = calls;
    return present == null ? 0 : present.store().timeouts();
  }

  @Override
  public long errors() {
    CallContext present = calls;
    return present == null ? 0 : present.store().errors();
  }

  @Override
  public long reconnects() {
    CallContext present = calls;
    return present == null ? 0 : present.store().reconnects();
  }

  @Override
  public long pendingInvalidations() {
    CallContext present = calls;
    return present == null ? 0 : present.invalidations().pending();
  }

  @Override
  public Map<String, String> info() {
    CallContext present = calls;
    return present == null ? Map.of() : present.store().info();
  }
}
