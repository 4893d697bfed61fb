package io.github.rediscached.agent.store;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis, from its making to its end; it is never made again. What is on its way
 * when it ends has failed, nothing is sent a second time. Thread-safe.
 */
final class Link {

  /** As good as never, and not so long that the clock could overflow. */
  private static final long NEVER_NANOS = TimeUnit.DAYS.toNanos(1);

  /** Answers that follow one another so fast need not all be noted. */
  private static final long PROOF_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final StatefulRedisConnectionImpl<byte[], byte[]> connection;
  private final String host;
  private final Route route = Route.toAll(this);
  private final RedisChannelWriter writer;
  private final Executor socketThread;
  private final long patienceNanos;
  private final Watches watches;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean open = true;
  private volatile boolean tracking;
  private volatile @Nullable Mark mark;
  private volatile boolean answersProve;
  private volatile boolean silent;
  private volatile long silentSinceNanos;
  private volatile long provenNanos = System.nanoTime() - NEVER_NANOS;
  private volatile boolean proving;
  private final AtomicLong pendingBytes = new AtomicLong();

  /**
   * @param host of the server, as it was connected to
   * @param socketThread the thread that reads and writes the socket
   * @param patienceNanos how long requests may time out one after the other until the connection is
   *     given up: Redis or its host may be gone without a word
   * @param changes told of what Redis says has changed, on the thread that reads the socket and in
   *     the order of its answers
   * @param answersProve whether any answer proves that all changes before it were told; else only
   *     that to {@link #prove}
   */
  Link(
      StatefulRedisConnectionImpl<byte[], byte[]> connection,
      String host,
      Executor socketThread,
      long patienceNanos,
      RedisStore.ChangeListener changes,
      boolean answersProve) {
    this.answersProve = answersProve;
    this.watches = new Watches(this, changes);
    this.connection = connection;
    this.host = host;
    this.writer = connection.getChannelWriter();
    this.socketThread = socketThread;
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

  /** The way to all keys, where it is the connection to the only server. */
  Route route() {
    return route;
  }

  /** The host of the server, as it was connected to. */
  String host() {
    return host;
  }

  /** Bytes of values on their way to Redis. */
  AtomicLong pendingBytes() {
    return pendingBytes;
  }

  /** False for old versions of Redis, with which only commands are answered. */
  boolean canPush() {
    return connection.getConnectionState().getNegotiatedProtocolVersion() == ProtocolVersion.RESP3;
  }

  /** From now on Redis tells of changes of keys whose reading was marked. */
  void tracking() {
    connection.addListener(watches);
    tracking = true;
  }

  /**
   * From now on other JVMs tell of what they change, by messages, and only what the mark says
   * proves that all were told.
   */
  void listening(Mark tellsOfTheRest) {
    answersProve = false;
    connection.addListener(watches);
    mark = tellsOfTheRest;
  }

  void hear(PushListener listener) {
    connection.addListener(listener);
  }

  void unhear(PushListener listener) {
    connection.removeListener(listener);
  }

  void send(Request request) {
    writer.write(request);
  }

  /**
   * Sends requests one right after the other: no other one comes between them on the connection.
   * Lettuce writes one by one also what it is given together, each by a task for the socket's
   * thread; only on that thread itself nothing can come between.
   */
  void sendTogether(List<Request> requests) {
    socketThread.execute(
        new Runnable() {
          @Override
          public void run() {
            writer.write(requests);
          }
        });
  }

  /** Waits for the answer to a command; see {@link FlatOutput}. */
  byte[] @Nullable [] ask(CommandType command, long timeoutNanos, byte[]... arguments)
      throws RequestFailedException {
    return new SingleExchange(this, command, arguments).await(timeoutNanos);
  }

  /** What it has said can't be relied on any more. */
  void giveUp() {
    end();
    CompletableFuture<Void> unused = connection.closeAsync();
  }

  /** Whether Redis tells of all changes. */
  boolean isTracking() {
    return tracking;
  }

  /** Whether Redis, or else those JVMs that make them, tell of changes. */
  boolean isTold() {
    return tracking || mark != null;
  }

  /**
   * When something was sent, as {@link System#nanoTime}, that has been answered: of all changes
   * before that this connection has told.
   */
  long provenNanos() {
    return provenNanos;
  }

  /** What was sent then has been answered. */
  void answered(long sentNanos) {
    if (answersProve) {
      proven(sentNanos);
    }
  }

  private void proven(long sentNanos) {
    if (sentNanos - provenNanos > PROOF_STEP_NANOS) {
      provenNanos = sentNanos;
    }
  }

  /** Asks Redis for a sign of life, unless it is being asked already; does not wait. */
  void prove() {
    Mark its = mark;
    if (its == null) {
      prove(CommandType.PING, answer -> true);
    } else {
      prove(CommandType.EVAL, its::stands, its.question());
    }
  }

  /** The same by another command, whose answer may be no proof. */
  void prove(CommandType command, Predicate<byte[] @Nullable []> isProof, byte[]... arguments) {
    if (proving) {
      return;
    }
    proving = true;
    boolean sent = false;
    try {
      long sentNanos = System.nanoTime();
      send(
          new Request(command, arguments) {
            @Override
            void answered(byte[] @Nullable [] answer) {
              proving = false;
              if (isProof.test(answer)) {
                proven(sentNanos);
              }
            }

            @Override
            void failed(Throwable failure) {
              proving = false;
            }
          });
      sent = true;
    } finally {
      if (!sent) {
        proving = false;
      }
    }
  }

  /**
   * Waits until a key may have another value than the expected one; see {@link Watch#await}. Polls
   * where Redis does not tell.
   */
  WaitResult awaitChange(byte[] key, byte[] expected, long answerNanos, long timeoutNanos)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + timeoutNanos;
    if (tracking) {
      WaitResult result = watches.await(key, expected, answerNanos, timeoutNanos);
      if (result != WaitResult.UNTRACKED) {
        if (result == WaitResult.SILENT) {
          timedOut();
        }
        return result;
      }
    }
    return new Polling(this, key, expected).await(answerNanos, deadlineNanos - System.nanoTime());
  }

  Watches watches() {
    return watches;
  }

  /** Redis is there. */
  void answered() {
    if (silent) {
      silent = false;
    }
  }

  /** Redis has let a request wait for too long. */
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
    try {
      // Before there can be another connection, which does not know what this one has promised.
      watches.end();
    } finally {
      ended.countDown();
    }
  }
}
