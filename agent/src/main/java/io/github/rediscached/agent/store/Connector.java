package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.thread.DaemonThreads;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connection, on a daemon thread of its own, and tries for ever. Once it has been made
 * Lettuce keeps it up. Thread-safe.
 */
final class Connector {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int MAX_QUEUED_COMMANDS = 20_000;

  private final String uri;
  private final String redactedUri;
  private final Duration connectTimeout;
  private final AgentLog log;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch firstAttempt = new CountDownLatch(1);
  private final AtomicLong connects = new AtomicLong();
  private volatile long startedNanos;
  private volatile boolean connected;
  private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;

  Connector(String uri, String redactedUri, Duration connectTimeout, AgentLog log) {
    this.uri = uri;
    this.redactedUri = redactedUri;
    this.connectTimeout = connectTimeout;
    this.log = log;
  }

  void start() {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    startedNanos = System.nanoTime();
    Runnable connecting =
        new Runnable() {
          @Override
          public void run() {
            try {
              connectUntilItSucceeds();
            } catch (Throwable e) {
              log.warn("gave up connecting to " + redactedUri + ", nothing is cached: " + e);
            } finally {
              firstAttempt.countDown();
            }
          }
        };
    // Netty and Lettuce look things up through its context loader, and must find ours, not the
    // application's.
    DaemonThreads.named("rediscached-connect", connecting).start();
  }

  /**
   * The connection, or null while there is none. Until the connect timeout has passed since {@link
   * #start}, waits for the first attempt.
   */
  @Nullable StatefulRedisConnection<byte[], byte[]> connection() {
    StatefulRedisConnection<byte[], byte[]> present = connection;
    if (present == null) {
      present = awaitFirst();
    }
    return connected ? present : null;
  }

  boolean isConnected() {
    return connected;
  }

  long reconnects() {
    return Math.max(0, connects.get() - 1);
  }

  private @Nullable StatefulRedisConnection<byte[], byte[]> awaitFirst() {
    if (firstAttempt.getCount() == 0 || !started.get()) {
      return connection;
    }
    boolean interrupted = false;
    long deadline = startedNanos + connectTimeout.toNanos();
    while (true) {
      try {
        if (!firstAttempt.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          firstAttempt.countDown();
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return connection;
  }

  private void connectUntilItSucceeds() throws InterruptedException {
    SilentNettyLogging.install();
    RedisClient client = RedisClient.create(resources(), redisUri());
    client.setOptions(options());
    client.addListener(new StateListener());
    for (long pauseMillis = 50;
        ;
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE.toMillis())) {
      try {
        connection = client.connect(ByteArrayCodec.INSTANCE);
        connected = connection.isOpen();
        firstAttempt.countDown();
        return;
      } catch (RuntimeException e) {
        firstAttempt.countDown();
        log.warnOnce(
            "connect",
            "can't connect to Redis at "
                + redactedUri
                + " ("
                + reasonOf(e)
                + "). Methods run uncached until it answers. Start Redis or set `redis.uri`.");
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      }
    }
  }

  private RedisURI redisUri() {
    RedisURI redisUri = RedisURI.create(uri);
    redisUri.setTimeout(connectTimeout);
    return redisUri;
  }

  private static ClientResources resources() {
    return DefaultClientResources.builder()
        .threadFactoryProvider(
            pool -> DaemonThreads.isolating(new DefaultThreadFactory("rediscached-" + pool)))
        .ioThreadPoolSize(2)
        .computationThreadPoolSize(2)
        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
        .reconnectDelay(
            Delay.exponential(Duration.ofMillis(10), LONGEST_PAUSE, 2, TimeUnit.MILLISECONDS))
        .build();
  }

  private ClientOptions options() {
    return ClientOptions.builder()
        .autoReconnect(true)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(MAX_QUEUED_COMMANDS)
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(connectTimeout)
                .keepAlive(true)
                .tcpNoDelay(true)
                .build())
        // Each look-up has its own deadline; Lettuce would start a timer for every command.
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
        .build();
  }

  private static String reasonOf(Throwable e) {
    Throwable root = e;
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return String.valueOf(root.getMessage());
  }

  private final class StateListener implements RedisConnectionStateListener {
    @Override
    public void onRedisConnected(
        io.lettuce.core.RedisChannelHandler<?, ?> handler, SocketAddress address) {
      if (connects.getAndIncrement() > 0) {
        log.info("connected to Redis at " + redactedUri + " again");
      }
      connected = true;
    }

    @Override
    public void onRedisDisconnected(io.lettuce.core.RedisChannelHandler<?, ?> handler) {
      connected = false;
    }
  }
}
