package io.github.rediscached.agent;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CacheSettings;
import io.github.rediscached.agent.call.CallContext;
import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.call.EntryPolicy;
import io.github.rediscached.agent.config.Settings;
import io.github.rediscached.agent.config.Settings.CacheRule;
import io.github.rediscached.agent.config.Settings.EvictionRule;
import io.github.rediscached.agent.config.Settings.HttpRule;
import io.github.rediscached.agent.http.HttpSites;
import io.github.rediscached.agent.httpserver.CachingExchanges;
import io.github.rediscached.agent.instrument.AgentRuntime;
import io.github.rediscached.agent.instrument.Instrumentations;
import io.github.rediscached.agent.instrument.MethodReport;
import io.github.rediscached.agent.instrument.MethodRule;
import io.github.rediscached.agent.instrument.ModuleOpener;
import io.github.rediscached.agent.jmx.JmxUse;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.ClassFacts;
import io.github.rediscached.agent.plan.HttpOptions;
import io.github.rediscached.agent.stats.StatsRegistry;
import io.github.rediscached.agent.store.RedisAccess;
import io.github.rediscached.agent.store.RedisStore;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Wires the packages of the agent and gives each its part of the settings; made by {@link Start}.
 * Before {@code main} there is only the class file transformer. The {@link AgentState} is made when
 * there is something to report or to show, the {@link CallContext} with its Redis when a class may
 * have a method to cache: loading their classes is most of the cost of the agent at start. It does
 * none of the work itself. Thread-safe.
 */
final class Agent implements AgentRuntime {

  private final Settings settings;
  private final Instrumentation instrumentation;
  private final AgentLog log;
  private final @Nullable StatsRegistry figuresBefore;
  private final Runnable reload;
  private volatile boolean invalidatesFirst;
  private @Nullable AgentState state;
  private @Nullable Instrumentations instrumentations;

  /**
   * @param figuresBefore to go on with; null to begin with none
   * @param reload replaces this agent by one with the settings of then
   */
  Agent(
      Settings settings,
      Instrumentation instrumentation,
      @Nullable StatsRegistry figuresBefore,
      Runnable reload,
      AgentLog log) {
    this.reload = reload;
    this.figuresBefore = figuresBefore;
    this.settings = settings;
    this.instrumentation = instrumentation;
    this.log = log;
  }

  void start() {
    instrumentations =
        Instrumentations.start(
            instrumentation, rules(), settings.reportUnmatchedAfter(), this, log);
  }

  /**
   * Leaves the JVM: classes get their own byte code back, connection, threads and beans end. Calls
   * that are under way run to their end, uncached.
   *
   * @return how many invalidations could not be sent to Redis, and never will be
   */
  int stop() {
    AgentState present = presentState();
    if (present != null) {
      present.enabled(false);
    }
    if (instrumentations != null) {
      instrumentations.stop();
    }
    int lost = present == null ? 0 : present.stop();
    ClassFacts.forgetAll();
    return lost;
  }

  /** The figures so far; null if there are none. */
  synchronized @Nullable StatsRegistry figures() {
    return state == null ? figuresBefore : state.stats();
  }

  private List<MethodRule> rules() {
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

  /**
   * An application that uses JMX may look at the beans. Classes that the agent loads don't count.
   */
  @Override
  public void jdkClassLoaded(String internalName) {
    if (JmxUse.beginsWith(internalName)
        && Thread.currentThread().getContextClassLoader() != Agent.class.getClassLoader()) {
      state().applicationUsesJmx();
    }
  }

  @Override
  public MethodReport report() {
    return state().report();
  }

  @Override
  public CallSites callSites(Bridge bridge) {
    AgentState present = state();
    CallContext calls =
        new CallContext(
            store(),
            present.stats(),
            cacheSettings(),
            present,
            new ModuleOpener(instrumentation),
            log);
    present.started(calls);
    if (invalidatesFirst) {
      calls.invalidations().later(null);
    }
    return calls.callSites(bridge);
  }

  @Override
  public boolean cachesResponses() {
    return !settings.http().isEmpty();
  }

  @Override
  public @Nullable HttpSites httpSites(Bridge bridge) {
    CallContext calls = state().calls();
    if (calls == null || !cachesResponses()) {
      return null;
    }
    ModuleOpener opener = new ModuleOpener(instrumentation);
    List<HttpOptions> rules = new ArrayList<>();
    for (HttpRule rule : settings.http()) {
      rules.add(rule.options());
    }
    return new HttpSites(rules, calls, bridge, new CachingExchanges(opener), opener, log);
  }

  @Override
  public void invalidateLater(@Nullable String cache) {
    state().invalidations().later(cache);
  }

  /**
   * What this agent, which was stopped, could not invalidate, or what calls that are still under
   * way want to invalidate, the next one does: all of the namespace, since the keys may not be its
   * own.
   */
  void handOver(Agent next) {
    CallContext calls = presentCalls();
    if (calls != null) {
      calls
          .invalidations()
          .handOver(
              new Runnable() {
                @Override
                public void run() {
                  next.invalidateEverything();
                }
              });
    }
  }

  /** Now or, if no method is cached yet, before the first one is. */
  private void invalidateEverything() {
    invalidatesFirst = true;
    CallContext calls = presentCalls();
    if (calls != null) {
      calls.invalidations().later(null);
    }
  }

  private @Nullable CallContext presentCalls() {
    AgentState present = presentState();
    return present == null ? null : present.calls();
  }

  private synchronized @Nullable AgentState presentState() {
    return state;
  }

  private synchronized AgentState state() {
    if (state == null) {
      state =
          new AgentState(
              settings.enabled(),
              figuresBefore == null ? new StatsRegistry() : figuresBefore,
              reload,
              log);
      state.start();
    }
    return state;
  }

  private RedisStore store() {
    Settings.Redis redis = settings.redis();
    RedisStore store =
        new RedisStore(
            new RedisAccess(
                redis.uri(),
                redis.redactedUri(),
                redis.timeout(),
                redis.connectTimeout(),
                RedisAccess.Mode.valueOf(redis.mode().toUpperCase(Locale.ROOT)),
                tls(redis.tls()),
                credentials(redis.credentials()),
                sentinelLogin(redis.sentinelLogin())),
            settings.namespace(),
            log);
    Settings.Near near = settings.near();
    store.keepUntracked(near.ttl(), near.toldTtl());
    return store;
  }

  private static RedisAccess.@Nullable Tls tls(Settings.@Nullable Tls tls) {
    return tls == null
        ? null
        : new RedisAccess.Tls(
            tls.ca(), tls.certificate(), tls.key(), tls.keyPassword(), tls.serverName());
  }

  private static RedisAccess.@Nullable Credentials credentials(
      Settings.@Nullable Credentials credentials) {
    return credentials == null
        ? null
        : new RedisAccess.Credentials(
            credentials.file(), credentials.command(), credentials.refresh());
  }

  private static RedisAccess.@Nullable SentinelLogin sentinelLogin(
      Settings.@Nullable SentinelLogin login) {
    return login == null ? null : new RedisAccess.SentinelLogin(login.user(), login.password());
  }

  private CacheSettings cacheSettings() {
    Settings.Near near = settings.near();
    Settings.Defaults defaults = settings.defaults();
    return new CacheSettings(
        settings.namespace(),
        new EntryPolicy(
            defaults.ttl(), defaults.ttlJitter(), defaults.maxValueSizeBytes(), null, null),
        settings.values(),
        settings.form(),
        near.enabled()
            ? new CacheSettings.Near(near.maxSizeBytes(), near.ttl(), near.toldTtl())
            : null,
        settings.loadWait(),
        settings.patternWait());
  }
}
