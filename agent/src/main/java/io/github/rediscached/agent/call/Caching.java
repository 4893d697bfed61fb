package io.github.rediscached.agent.call;

import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.StatsRegistry;
import io.github.rediscached.agent.store.RedisStore;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What all calls share, put together once. */
public final class Caching {

  private final MethodCalls calls;
  private final Invalidations invalidations;

  /**
   * Tells the store what to do on each connection; it must not be connected yet.
   *
   * @param defaults where a method's options say nothing
   * @param loadWait how long a call waits for another's load
   * @param patternWait how long a deletion by pattern may take
   * @param enabled asked on each call
   * @param opener opens the package of a class to the agent
   */
  public Caching(
      RedisStore store,
      StatsRegistry stats,
      EntryPolicy defaults,
      String namespace,
      Duration loadWait,
      Duration patternWait,
      BooleanSupplier enabled,
      Consumer<Class<?>> opener,
      AgentLog log) {
    ProtocolKeys keys = new ProtocolKeys(namespace);
    ServerClock clock = new ServerClock(System::nanoTime, System.currentTimeMillis());
    this.invalidations = new Invalidations(store, keys, clock, patternWait, log);
    store.scripts(Scripts.ALL);
    store.onConnect(invalidations);
    Protocol protocol = new Protocol(store, keys, clock);
    this.calls =
        new MethodCalls(
            new Workings(
                protocol,
                invalidations,
                new Flights(),
                new Refreshes(clock, log),
                new AsyncThreads(store.timer()),
                new LeaseWaits(protocol, store.timer()),
                loadWait,
                enabled,
                log),
            stats,
            defaults,
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
}
