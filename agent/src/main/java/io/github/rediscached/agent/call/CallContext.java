package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.ValueCodec;
import io.github.rediscached.agent.key.KeyHash;
import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.near.NearCache;
import io.github.rediscached.agent.protocol.Invalidations;
import io.github.rediscached.agent.protocol.Protocol;
import io.github.rediscached.agent.protocol.ServerClock;
import io.github.rediscached.agent.seal.Seal;
import io.github.rediscached.agent.stats.StatsRegistry;
import io.github.rediscached.agent.store.RedisStore;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of all methods share: the settings, the protocol with its Redis, the near cache,
 * threads, figures. The root package makes the one that there is, and binds call sites through it.
 * It knows no method. Thread-safe.
 */
public final class CallContext {

  private static final int PATIENCE_SECONDS = 5;

  private final RedisStore store;
  private final StatsRegistry stats;
  private final CacheSettings settings;
  private final BooleanSupplier enabled;
  private final Consumer<Class<?>> opener;
  private final AgentLog log;
  private final @Nullable NearCache near;
  private final @Nullable KeyHash keyHash;
  private final Packing packing;
  private final Protocol protocol;
  private final Invalidations invalidations;
  private final Flights flights;
  private final LoadsElsewhere loadsElsewhere = new LoadsElsewhere();
  private final Refreshes refreshes;
  private final AsyncThreads asyncThreads;
  private @Nullable MethodCalls methods;

  /**
   * Tells the store what to do on each connection; it must not be connected yet.
   *
   * @param enabled asked on each call
   * @param opener opens the package of a class to the agent
   */
  public CallContext(
      RedisStore store,
      StatsRegistry stats,
      CacheSettings settings,
      BooleanSupplier enabled,
      Consumer<Class<?>> opener,
      AgentLog log) {
    ValueCodec.prepare();
    this.store = store;
    this.stats = stats;
    this.settings = settings;
    this.enabled = enabled;
    this.opener = opener;
    this.log = log;
    Seal seal = seal(settings);
    this.packing = new Packing(settings.form(), seal, settings.defaults().maxValueSizeBytes());
    this.keyHash = seal != null && settings.form().hashedKeys() ? seal::digest : null;
    ProtocolKeys keys = new ProtocolKeys(settings.namespace(), keyHash);
    ServerClock clock = new ServerClock(System::nanoTime, System.currentTimeMillis());
    RedisStore.ChangeListener changes = RedisStore.ChangeListener.NONE;
    CacheSettings.Near nearSettings = settings.near();
    if (nearSettings == null) {
      this.near = null;
    } else {
      this.near = new NearCache(nearSettings.maxSizeBytes(), new NearSource(store));
      changes = new NearChanges(near);
      store.onChange(changes);
    }
    this.invalidations =
        new Invalidations(store, keys, clock, changes, settings.patternWait(), log);
    this.protocol = new Protocol(store, keys, clock, changes);
    store.onConnect(new NewConnections(invalidations, protocol));
    this.flights = new Flights(System::nanoTime, store.timer());
    this.refreshes = new Refreshes(clock, log);
    this.asyncThreads = new AsyncThreads(store.timer());
  }

  private static @Nullable Seal seal(CacheSettings settings) {
    if (settings.form().secrets().isEmpty()) {
      return null;
    }
    Seal seal = new Seal(settings.form().secrets(), settings.namespace());
    seal.prepare();
    return seal;
  }

  /**
   * Ends the connection and all threads, when no method is instrumented any more. Invalidations
   * that wait are sent before, for as long as {@value #PATIENCE_SECONDS} seconds. Calls that are
   * under way end without Redis.
   *
   * @return how many invalidations could not be sent
   */
  public int stop() {
    int lost = invalidations.stop(Duration.ofSeconds(PATIENCE_SECONDS));
    if (near != null) {
      near.stop();
    }
    store.close();
    return lost;
  }

  /** The call sites of instrumented methods. */
  public CallSites callSites(Bridge bridge) {
    return new CallSites(methods(), bridge);
  }

  private synchronized MethodCalls methods() {
    MethodCalls present = methods;
    if (present == null) {
      present = new MethodCalls(this);
      methods = present;
    }
    return present;
  }

  /**
   * A cache of values that are no results of the application's methods.
   *
   * @param method of an interface of the agent: its arguments are those of a look-up
   * @param plan its name, key and tags
   */
  public KeyedCache keyedCache(Method method, MethodPlan plan) throws ReflectiveOperationException {
    return methods().keyed(method, plan);
  }

  /** Larger values, in encoded bytes, are not stored. */
  public long maxValueBytes() {
    return settings.defaults().maxValueSizeBytes();
  }

  /** The present time by the clock of Redis, in milliseconds since 1970. */
  public long nowMillis() {
    return protocol.clock().latestMillis();
  }

  /** The number of results in the memory of this JVM. */
  public long nearEntries() {
    return near == null ? 0 : near.entries();
  }

  /** Their approximate size in bytes. */
  public long nearBytes() {
    return near == null ? 0 : near.bytes();
  }

  public RedisStore store() {
    return store;
  }

  public Invalidations invalidations() {
    return invalidations;
  }

  StatsRegistry stats() {
    return stats;
  }

  CacheSettings settings() {
    return settings;
  }

  BooleanSupplier enabled() {
    return enabled;
  }

  Consumer<Class<?>> opener() {
    return opener;
  }

  AgentLog log() {
    return log;
  }

  /** What hides arguments and tags in Redis keys; null if they may be readable. */
  @Nullable KeyHash keyHash() {
    return keyHash;
  }

  Packing packing() {
    return packing;
  }

  /** Null if no results are kept in memory. */
  @Nullable NearCache near() {
    return near;
  }

  Protocol protocol() {
    return protocol;
  }

  Flights flights() {
    return flights;
  }

  LoadsElsewhere loadsElsewhere() {
    return loadsElsewhere;
  }

  Refreshes refreshes() {
    return refreshes;
  }

  AsyncThreads asyncThreads() {
    return asyncThreads;
  }

  /** The connection, as the near cache sees it. */
  private record NearSource(RedisStore store) implements NearCache.Source {

    @Override
    public long provenNanos() {
      return store.provenNanos();
    }

    @Override
    public void prove() {
      store.prove();
    }
  }

  /** The near cache, as the connection sees it. */
  private record NearChanges(NearCache near) implements RedisStore.ChangeListener {

    @Override
    public void changed(byte[] key) {
      near.changed(key);
    }

    @Override
    public void allChanged() {
      near.allChanged();
    }
  }
}
