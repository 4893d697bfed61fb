package io.github.rediscached.agent.store;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.StatefulRedisConnectionImpl;
import java.util.concurrent.CountDownLatch;

/**
 * One connection to Redis, from its making to its end; it is never made again. What is on its way
 * when it ends has failed, nothing is sent a second time. Thread-safe.
 */
final class Link {

  private final StatefulRedisConnectionImpl<byte[], byte[]> connection;
  private final RedisChannelWriter writer;
  private final long patienceNanos;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean open = true;
  private volatile boolean silent;
  private volatile long silentSinceNanos;

  /**
   * @param patienceNanos how long requests may time out one after the other until the connection is
   *     given up: Redis or its host may be gone without a word
   */
  Link(StatefulRedisConnectionImpl<byte[], byte[]> connection, long patienceNanos) {
    this.connection = connection;
    this.writer = connection.getChannelWriter();
    this.patienceNanos = patienceNanos;
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            end();
          }
        });
    if (!connection.isOpen()) {
      end();
    }
  }

  boolean isOpen() {
    return open;
  }

  void send(Request request) {
    writer.write(request);
  }

  /** A request was answered. */
  void answered() {
    if (silent) {
      silent = false;
    }
  }

  /** A request was not answered in time. */
  void timedOut() {
    long now = System.nanoTime();
    if (!silent) {
      silentSinceNanos = now;
      silent = true;
    } else if (now - silentSinceNanos > patienceNanos) {
      end();
    }
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  void close() {
    connection.close();
  }

  private void end() {
    open = false;
    ended.countDown();
  }
}
