package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.store.RedisStore;
import io.github.rediscached.agent.store.RedisStore.NewConnection;
import io.github.rediscached.agent.store.RedisStore.ScriptCall;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Gives leases back; {@link Protocol} asks it. What the connection has not let through waits for
 * the next one, or calls in all JVMs would wait for loads that nobody makes. Thread-safe.
 */
final class Releases {

  /** Beyond that the oldest are dropped: their leases expire. */
  static final int MAX_WAITING = 1_000;

  private final RedisStore store;
  private final Deque<ScriptCall> waiting = new ArrayDeque<>();

  Releases(RedisStore store) {
    this.store = store;
  }

  /**
   * Returns at once.
   *
   * @param token of the lease; if another one is there, nothing happens
   */
  void release(byte[] leaseKey, byte[] token) {
    ScriptCall release =
        new ScriptCall(Scripts.RELEASE, new byte[][] {leaseKey}, new byte[][] {token});
    var ignored =
        store
            .send(release, 0)
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    add(release);
                  }
                });
  }

  /** Sends the releases that wait on a new connection, before any call uses it. */
  void connected(NewConnection connection) throws StoreUnavailableException {
    List<ScriptCall> its = take(connection);
    // Some may come while others are sent.
    while (!its.isEmpty()) {
      try {
        connection.runAll(its);
      } catch (StoreUnavailableException | RuntimeException | Error e) {
        its.forEach(this::add);
        throw e;
      }
      its = take(connection);
    }
  }

  private synchronized void add(ScriptCall release) {
    if (waiting.size() == MAX_WAITING) {
      waiting.removeFirst();
    }
    waiting.addLast(release);
  }

  private synchronized List<ScriptCall> take(NewConnection connection) {
    List<ScriptCall> its = new ArrayList<>();
    for (Iterator<ScriptCall> each = waiting.iterator(); each.hasNext(); ) {
      ScriptCall release = each.next();
      if (connection.serves(release.keys()[0])) {
        its.add(release);
        each.remove();
      }
    }
    return its;
  }
}
