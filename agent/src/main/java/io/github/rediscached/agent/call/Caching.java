package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.ValueCodec;
import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.near.NearCache;
import io.github.rediscached.agent.plan.ValueOptions;
import io.github.rediscached.agent.protocol.Invalidations;
import io.github.rediscached.agent.protocol.Protocol;
import io.github.rediscached.agent.protocol.ServerClock;
import io.github.rediscached.agent.stats.StatsRegistry;
import io.github.rediscached.agent.store.RedisStore;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all calls share, put together once. */
public final class Caching {

  private final MethodCalls calls;
  private final Invalidations invalidations;
  private final @Nullable NearCache near;

  /**
   * Tells the store what to do on each connection; it must not be connected yet.
   *
   * @param defaults where a method's options say nothing
   * @param values what the settings say of classes in values
   * @param nearMaxBytes what may be kept in memory; null for nothing
   * @param untrackedNear how long a result may be kept there where Redis does not tell of changes
   * @param loadWait how long a call waits for another's load
   * @param patternWait how long a deletion by pattern may take
   * @param enabled asked on each call
   * @param opener opens the package of a class to the agent
   */
  public Caching(
      RedisStore store,
      StatsRegistry stats,
      EntryPolicy defaults,
      ValueOptions values,
      String namespace,
      @Nullable Long nearMaxBytes,
      Duration untrackedNear,
      Duration loadWait,
      Duration patternWait,
      BooleanSupplier enabled,
      Consumer<Class<?>> opener,
      AgentLog log) {
    ValueCodec.prepare();
    ProtocolKeys keys = new ProtocolKeys(namespace);
    ServerClock clock = new ServerClock(System::nanoTime, System.currentTimeMillis());
    RedisStore.ChangeListener changes = RedisStore.ChangeListener.NONE;
    if (nearMaxBytes == null) {
      this.near = null;
    } else {
      this.near = new NearCache(nearMaxBytes, new NearSource(store));
      changes = new NearChanges(near);
      store.onChange(changes);
    }
    this.invalidations = new Invalidations(store, keys, clock, changes, patternWait, log);
    store.onConnect(invalidations);
    Protocol protocol = new Protocol(store, keys, clock, changes);
    this.calls =
        new MethodCalls(
            new CallContext(
                protocol,
                invalidations,
                new Flights(System::nanoTime, store.timer()),
                new Refreshes(clock, log),
                near,
                untrackedNear,
                new AsyncThreads(store.timer()),
                loadWait,
                enabled,
                log),
            stats,
            defaults,
            values,
            namespace,
            opener);
  }

  /** What instrumented methods are bound to. */
  public CallSites callSites(Bridge bridge) {
    return new CallSites(calls, bridge);
  }

  public Invalidations invalidations() {
    return invalidations;
  }

  /** Results in the memory of this JVM. */
  public long nearEntries() {
    return near == null ? 0 : near.entries();
  }

  /** What they weigh in bytes, about. */
  public long nearBytes() {
    return near == null ? 0 : near.bytes();
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
