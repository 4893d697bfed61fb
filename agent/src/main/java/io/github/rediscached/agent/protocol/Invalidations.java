package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.store.RedisStore;
import io.github.rediscached.agent.store.StoreUnavailableException;
import io.github.rediscached.agent.thread.DaemonThreads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The steps of docs/protocol.md that invalidate; evictions, puts and JMX use it. Keys whose
 * unlinking Redis has not confirmed wait in {@link PendingInvalidations}. A daemon sends them
 * again, and so does each new connection before anything is read on it. It never drops one.
 * Thread-safe.
 */
public final class Invalidations implements RedisStore.ConnectionHook {

  /** Beyond that, the oldest are widened to whole caches and to the namespace. */
  private static final int MAX_PENDING = 10_000;

  /** Of {@link #pattern}: keys were not counted, since whole caches were invalidated. */
  public static final long WHOLE_CACHES = -1;

  private static final int BATCH = 1_000;
  private static final long SHORTEST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;
  private static final Duration REMEMBER_PROCESS = Duration.ofDays(30);

  private final RedisStore store;
  private final ProtocolKeys keys;
  private final ServerClock clock;
  private final RedisStore.ChangeListener changes;
  private final Duration patternWait;
  private final AgentLog log;
  private final PendingInvalidations pending =
      new PendingInvalidations(MAX_PENDING, System::nanoTime);
  private final AtomicBoolean sending = new AtomicBoolean();
  private volatile boolean stopped;
  private volatile @Nullable Runnable successor;

  /**
   * @param changes told of what waits: it is as good as changed
   * @param patternWait how long a deletion by pattern may take
   */
  public Invalidations(
      RedisStore store,
      ProtocolKeys keys,
      ServerClock clock,
      RedisStore.ChangeListener changes,
      Duration patternWait,
      AgentLog log) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
    this.changes = changes;
    this.patternWait = patternWait;
    this.log = log;
  }

  public ProtocolKeys keys() {
    return keys;
  }

  public Invalidation nothingYet() {
    return new Invalidation(keys);
  }

  /**
   * Sends what waits, and waits for it at most so long. What is not confirmed by then is never sent
   * again.
   *
   * @return how many keys that is
   */
  public int stop(Duration patience) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (!pending.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
      LockSupport.parkNanos(this, SHORTEST_PAUSE_NANOS);
    }
    stopped = true;
    return pending.size();
  }

  /**
   * After {@link #stop}: what waits, and all that is still to come, is left to others.
   *
   * @param invalidatesEverything invalidates the whole namespace, without waiting for it
   */
  public void handOver(Runnable invalidatesEverything) {
    successor = invalidatesEverything;
    if (!pending.isEmpty()) {
      invalidatesEverything.run();
    }
  }

  /** How many keys wait to be unlinked. */
  public int pending() {
    return pending.size();
  }

  /** Everything with this tag, in all caches. */
  public void tag(String tag) {
    unlink(nothingYet().tag(ProtocolKeys.tag(tag)));
  }

  /** All entries of a cache. */
  public void cache(String cache) {
    unlink(nothingYet().version(keys.cacheVersion(cache)));
  }

  /** All entries of the namespace. */
  public void everything() {
    unlink(nothingYet().version(keys.namespaceVersion()));
  }

  /**
   * The same of a cache, or of the namespace, without waiting for it.
   *
   * @param cache null for the namespace
   */
  public void later(@Nullable String cache) {
    unlinkLater(
        nothingYet().version(cache == null ? keys.namespaceVersion() : keys.cacheVersion(cache)));
  }

  /**
   * All entries whose keys match; waits at most as long as is allowed for patterns. If that is not
   * enough, or arguments in keys are hashed, so that no pattern could match them, the whole cache
   * of the pattern is invalidated, which takes no time.
   *
   * @param pattern a Redis glob over whole keys
   * @return how many keys were deleted, or {@link #WHOLE_CACHES}
   * @throws IllegalArgumentException if it does not begin with the namespace; the message completes
   *     a sentence that begins with the setting's name
   */
  public long pattern(String pattern) {
    byte[] wider = keys.widerThan(pattern);
    if (wider == null) {
      throw new IllegalArgumentException(
          "does not begin with the namespace, so it may match what is not ours. Write one such as"
              + " \""
              + new String(keys.entryPrefix("products"), StandardCharsets.UTF_8)
              + "*\".");
    }
    if (keys.areHashed()) {
      unlink(nothingYet().version(wider));
      return WHOLE_CACHES;
    }
    Invalidation patternVersion = nothingYet().version(keys.patternVersion());
    long deadlineNanos = System.nanoTime() + patternWait.toNanos();
    if (unlink(patternVersion)) {
      try {
        RedisStore.Deleted deleted =
            store.unlinkMatching(pattern.getBytes(StandardCharsets.UTF_8), deadlineNanos);
        if (deleted.complete()) {
          if (!store.isTracking()) {
            // Entries that Redis has lost without notice may still be in memory.
            changes.changed(wider);
          }
          return deleted.keys();
        }
        log.warnOnce(
            "pattern",
            // The pattern itself may have arguments in it.
            "deleting by pattern took longer than `pattern-wait` ("
                + patternWait.toMillis()
                + " ms), so whole caches were invalidated instead. Raise `pattern-wait`, or use"
                + " tags, which take no time.");
      } catch (StoreUnavailableException e) {
        // Less than all may be gone.
      }
    }
    unlink(nothingYet().version(wider));
    return WHOLE_CACHES;
  }

  /**
   * Whether a call would see what is to be invalidated and is not yet, or was not when the call
   * began.
   */
  public boolean concerns(CallKeys call) {
    return concerns(call, call.read()) || concerns(call, call.named());
  }

  /**
   * The same of these keys.
   *
   * @param call reads them, in the bucket of its entry
   */
  public boolean concerns(CallKeys call, byte[][] readKeys) {
    return pending.mayConcern(call.beganNanos())
        && pending.concerns(call.beganNanos(), store.bucketOf(call.entry()), readKeys);
  }

  /** Unlinks now, or as soon as Redis can be reached; whether it was now, and everywhere. */
  public boolean unlink(Invalidation invalidation) {
    try {
      List<byte[][]> batches = invalidation.batches();
      boolean one = batches.size() == 1;
      for (byte[][] batch : batches) {
        long missing = unlinkNow(batch, RedisStore.ALL_BUCKETS);
        if (missing != 0) {
          unlinkLater(invalidation, one ? missing : RedisStore.ALL_BUCKETS);
          return false;
        }
      }
      return true;
    } catch (RuntimeException | Error e) {
      unlinkLater(invalidation);
      return false;
    }
  }

  /** As {@link RedisStore#unlink}. */
  private long unlinkNow(byte[][] batch, long buckets) {
    // Nothing is connected while this JVM does not read (`enabled`), but others may.
    store.connect();
    return store.unlink(batch, buckets);
  }

  /** Lets the daemon do it: for threads that must not wait. */
  public void unlinkLater(Invalidation invalidation) {
    unlinkLater(invalidation, RedisStore.ALL_BUCKETS);
  }

  private void unlinkLater(Invalidation invalidation, long buckets) {
    invalidation.addTo(pending, buckets);
    Runnable next = successor;
    if (next != null) {
      next.run();
    }
    // In this order: a call that has read before sees one of the two.
    for (byte[][] batch : invalidation.batches()) {
      for (byte[] key : batch) {
        changes.changed(key);
      }
    }
    sendPending();
  }

  private void sendPending() {
    if (!stopped && sending.compareAndSet(false, true)) {
      try {
        DaemonThreads.named("rediscached-invalidations", this::send).start();
      } catch (RuntimeException | Error e) {
        // No room for a thread now: the next invalidation or connection tries again.
        sending.set(false);
      }
    }
  }

  private void send() {
    try {
      sendUntilNoneWaits();
    } finally {
      // Also if no memory was left. The next connection or the next invalidation sends the rest.
      sending.set(false);
    }
  }

  private void sendUntilNoneWaits() {
    long pauseNanos = SHORTEST_PAUSE_NANOS;
    while (!stopped) {
      List<PendingInvalidations.Batch> batches = pending.batches(BATCH);
      if (batches.isEmpty()) {
        sending.set(false);
        // One may have been added after the look and before the line above.
        if (pending.isEmpty() || !sending.compareAndSet(false, true)) {
          return;
        }
        continue;
      }
      if (sendAll(batches)) {
        pauseNanos = SHORTEST_PAUSE_NANOS;
      } else {
        LockSupport.parkNanos(this, pauseNanos);
        // An interrupted thread would not pause any more.
        Thread.interrupted();
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
      }
    }
  }

  /** Whether all are done. */
  private boolean sendAll(List<PendingInvalidations.Batch> batches) {
    boolean all = true;
    for (PendingInvalidations.Batch batch : batches) {
      long missing = batch.buckets();
      try {
        missing = unlinkNow(batch.keys(), batch.buckets());
      } catch (RuntimeException e) {
        // The same as if Redis could not be reached.
      }
      pending.done(batch, ~missing);
      all &= missing == 0;
      if (missing == batch.buckets()) {
        // The others would have to wait as long, for nothing.
        return false;
      }
    }
    return all;
  }

  @Override
  public void connected(RedisStore.NewConnection connection) throws StoreUnavailableException {
    @Nullable String process = connection.info().get("run_id");
    if (process == null) {
      log.warnOnce(
          "run_id",
          "Redis does not tell its run_id (INFO server), so a restart from old data can't be"
              + " noticed: what was invalidated shortly before may come back until its TTL ends.");
    } else {
      long sentNanos = System.nanoTime();
      byte[] @Nullable [] answer =
          connection.run(
              Scripts.CONNECT,
              new byte[][] {
                keys.process(), keys.namespaceVersion(), keys.counter(), store.announcementMark()
              },
              new byte[][] {
                process.getBytes(StandardCharsets.US_ASCII),
                Long.toString(REMEMBER_PROCESS.toMillis()).getBytes(StandardCharsets.US_ASCII)
              });
      byte[] time = answer.length == 0 ? null : answer[0];
      if (time != null) {
        clock.saw(
            connection.server(),
            Long.parseLong(new String(time, StandardCharsets.US_ASCII)),
            sentNanos);
      }
    }
    for (PendingInvalidations.Batch batch : pending.batches(BATCH)) {
      connection.unlink(batch.keys());
      pending.done(batch, connection.bucketSet());
    }
  }
}
