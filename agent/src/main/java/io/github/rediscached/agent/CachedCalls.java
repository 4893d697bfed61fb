package io.github.rediscached.agent;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.Caching;
import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.call.EntryPolicy;
import io.github.rediscached.agent.config.Settings;
import io.github.rediscached.agent.jmx.RedisView;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.protocol.Invalidations;
import io.github.rediscached.agent.stats.StatsRegistry;
import io.github.rediscached.agent.store.RedisStore;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What instrumented methods call. It is put together when the first class may have such methods:
 * loading these classes is most of what the agent costs at start. Until then there is no Redis.
 */
final class CachedCalls implements Function<Bridge, CallSites>, RedisView {

  private final Settings settings;
  private final StatsRegistry stats;
  private final BooleanSupplier enabled;
  private final Consumer<Class<?>> opener;
  private final AgentLog log;
  private volatile @Nullable RedisStore store;
  private volatile @Nullable Caching caching;

  /**
   * @param enabled asked on each call
   * @param opener opens the package of a class to the agent
   */
  CachedCalls(
      Settings settings,
      StatsRegistry stats,
      BooleanSupplier enabled,
      Consumer<Class<?>> opener,
      AgentLog log) {
    this.settings = settings;
    this.stats = stats;
    this.enabled = enabled;
    this.opener = opener;
    this.log = log;
  }

  @Override
  public CallSites apply(Bridge bridge) {
    RedisStore redis =
        new RedisStore(
            settings.redis().uri(),
            settings.redis().redactedUri(),
            settings.redis().timeout(),
            settings.redis().connectTimeout(),
            log);
    Duration untrackedTtl = settings.near().ttl();
    if (untrackedTtl != null) {
      redis.keepUntracked(untrackedTtl);
    }
    Caching made =
        new Caching(
            redis,
            stats,
            new EntryPolicy(
                settings.defaults().ttl(),
                settings.defaults().ttlJitter(),
                settings.defaults().maxValueSizeBytes(),
                null,
                null),
            settings.values(),
            settings.namespace(),
            settings.near().enabled() ? settings.near().maxSizeBytes() : null,
            settings.near().ttl() == null ? Duration.ZERO : settings.near().ttl(),
            settings.loadWait(),
            settings.patternWait(),
            enabled,
            opener,
            log);
    store = redis;
    caching = made;
    return made.callSites(bridge);
  }

  /**
   * For JConsole.
   *
   * @throws IllegalStateException if no method is cached so far, so that there is no Redis
   */
  Invalidations invalidations() {
    Caching present = caching;
    if (present == null) {
      throw new IllegalStateException(
          "No method of this JVM is cached so far. Ask a JVM that caches.");
    }
    return present.invalidations();
  }

  long nearEntries() {
    Caching present = caching;
    return present == null ? 0 : present.nearEntries();
  }

  long nearBytes() {
    Caching present = caching;
    return present == null ? 0 : present.nearBytes();
  }

  /** A method is cached, and will be called soon. */
  void connect() {
    RedisStore redis = store;
    if (redis != null) {
      redis.connect();
    }
  }

  @Override
  public boolean connected() {
    RedisStore redis = store;
    return redis != null && redis.connected();
  }

  @Override
  public long timeouts() {
    RedisStore redis = store;
    return redis == null ? 0 : redis.timeouts();
  }

  @Override
  public long errors() {
    RedisStore redis = store;
    return redis == null ? 0 : redis.errors();
  }

  @Override
  public long reconnects() {
    RedisStore redis = store;
    return redis == null ? 0 : redis.reconnects();
  }

  @Override
  public long pendingInvalidations() {
    Caching present = caching;
    return present == null ? 0 : present.invalidations().pending();
  }

  @Override
  public Map<String, String> info() {
    RedisStore redis = store;
    return redis == null ? Map.of() : redis.info();
  }
}
