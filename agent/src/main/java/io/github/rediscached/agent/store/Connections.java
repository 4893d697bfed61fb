package io.github.rediscached.agent.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections to all servers that hold keys: to one ({@link OneServer}), or to the masters of a
 * cluster ({@link Cluster}). {@link RedisStore} asks it. Thread-safe.
 */
interface Connections {

  /** Begins to connect, in the background, and tries until it is closed. Once. */
  void start();

  /** Ends all connections. */
  void close();

  /**
   * The way to a key, as it is now; null while there is none. Never waits.
   *
   * @param key of an entry, a lease or a variant, if there are several servers
   */
  @Nullable Route present(byte[] key);

  /** The connections that serve keys now, each once. */
  List<Link> links();

  /** Whether there is any. */
  boolean isConnected();

  /**
   * Deletes keys in these buckets, and waits at most the timeout.
   *
   * @param keys of one invalidation: where they can't be deleted by one atomic command, those that
   *     {@link RedisStore#unlink} says go first
   */
  Unlinked unlink(byte[][] keys, long buckets, long timeoutNanos);

  /** As {@link RedisStore#unlinkMatching}. */
  RedisStore.Deleted unlinkMatching(byte[] pattern, long deadlineNanos, long timeoutNanos)
      throws RequestFailedException, StoreUnavailableException;

  /** As {@link RedisStore#bucketOf}. */
  long bucketOf(byte[] entry);

  /** As {@link RedisStore#serverOf}. */
  Object serverOf(byte[] key);

  /** Asks for a sign of life, and returns at once; see {@link Link#provenNanos}. */
  void prove();

  /** A server has refused a command because it does not serve its keys, or not any more. */
  void refused(@Nullable String error);

  /** Connections made after the first one to each server. */
  long reconnects();
}
