package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.store.RedisStore;
import io.github.rediscached.agent.store.RedisStore.Read;
import io.github.rediscached.agent.store.StoreUnavailableException;
import io.github.rediscached.agent.thread.Timer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits, without a thread, until leases of other JVMs end; {@link Protocol} uses it for
 * asynchronous calls. Each lease is polled by one reader for all calls that wait for it, until none
 * waits any more. It never holds a thread. Thread-safe.
 */
final class LeaseWaits {

  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final RedisStore store;
  private final Timer timer;

  /** By token; their waits are changed only while the map holds that key's lock. */
  private final Map<ByteBuffer, Reader> readers = new ConcurrentHashMap<>();

  LeaseWaits(RedisStore store) {
    this.store = store;
    this.timer = store.timer();
  }

  /**
   * Completes, on a thread on which nothing may wait, with true if the holder of the lease has
   * ended or this is not known; with false if there is no point in waiting any longer: the time is
   * over, or Redis does not answer.
   */
  CompletableFuture<Boolean> endOf(CallKeys keys, Lease lease, long timeoutNanos) {
    CompletableFuture<Boolean> wait = new CompletableFuture<>();
    Future<?> deadline = timer.after(timeoutNanos, () -> wait.complete(false));
    Reader made = new Reader(keys, lease);
    Reader present =
        readers.compute(
            lease.id(),
            (token, reader) -> {
              Reader its = reader == null ? made : reader;
              its.waits.put(wait, true);
              return its;
            });
    var ignored =
        wait.whenComplete(
            (ended, failure) -> {
              deadline.cancel(false);
              readers.computeIfPresent(
                  lease.id(),
                  (token, reader) -> {
                    reader.waits.remove(wait);
                    return reader;
                  });
            });
    if (present == made) {
      made.pause();
    }
    return wait;
  }

  /** How many leases are being read. */
  int size() {
    return readers.size();
  }

  private final class Reader {

    private final CallKeys keys;
    private final Lease lease;
    private final IdentityHashMap<CompletableFuture<Boolean>, Boolean> waits =
        new IdentityHashMap<>();
    private long pauseNanos = SHORTEST_PAUSE_NANOS;

    Reader(CallKeys keys, Lease lease) {
      this.keys = keys;
      this.lease = lease;
    }

    void pause() {
      try {
        var ignored = timer.after(pauseNanos, this::read);
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
      } catch (RuntimeException | Error e) {
        end(false);
      }
    }

    private void read() {
      Reader wanted =
          readers.computeIfPresent(
              lease.id(), (token, reader) -> reader.waits.isEmpty() ? null : reader);
      if (wanted == this) {
        var ignored =
            store.read(new byte[][] {keys.lease()}, false).askLater().whenComplete(this::answered);
      }
    }

    private void answered(@Nullable Read lease, @Nullable Throwable failure) {
      if (failure != null) {
        end(
            (failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)
                    instanceof StoreUnavailableException unavailable
                && !unavailable.connected());
      } else if (lease != null && Arrays.equals(lease.values()[0], this.lease.token())) {
        pause();
      } else {
        end(true);
      }
    }

    private void end(boolean ended) {
      // A call that comes now begins a new wait.
      List<CompletableFuture<Boolean>> all = new ArrayList<>();
      readers.computeIfPresent(
          lease.id(),
          (token, reader) -> {
            all.addAll(reader.waits.keySet());
            return null;
          });
      for (CompletableFuture<Boolean> wait : all) {
        wait.complete(ended);
      }
    }
  }
}
