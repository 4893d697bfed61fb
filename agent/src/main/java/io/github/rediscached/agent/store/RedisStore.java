package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.thread.Timer;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Entries in Redis. Every look-up has a deadline, a store waits for nothing, and all threads share
 * one pipelined connection. Thread-safe.
 */
public final class RedisStore {

  /** Bytes of entries on their way to Redis; while there are more, new ones are not stored. */
  private static final long MAX_PENDING_BYTES = 32L << 20;

  private static final byte[] NO_KEY = {};

  /** A set of buckets that has all of them. */
  public static final long ALL_BUCKETS = -1;

  /** In place of the name of a server, where there is only one. */
  static final Object ONE_SERVER = "one server";

  private final Setup setup;
  private final String namespace;
  private final FirstAttempt firstAttempt;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Duration timeout;
  private final long timeoutNanos;
  private final String address;
  private final AgentLog log;
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private volatile Connections connections;

  /** Guarded by this. */
  private boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @param namespace what all keys begin with, before a colon
   */
  public RedisStore(RedisAccess access, String namespace, AgentLog log) {
    this.timeout = access.timeout();
    this.timeoutNanos = timeout.toNanos();
    this.setup = new Setup(access, namespace, log);
    this.namespace = namespace;
    this.firstAttempt = new FirstAttempt(access.connectTimeout().toNanos());
    this.address = access.shownUri();
    this.log = log;
    this.connections =
        access.mode() == RedisAccess.Mode.CLUSTER
            ? cluster()
            : new OneServer(setup, firstAttempt, this::foundCluster);
  }

  private Connections cluster() {
    return new Cluster(setup, firstAttempt, new Buckets(namespace));
  }

  private synchronized void foundCluster() {
    if (!closed) {
      Connections found = cluster();
      connections = found;
      found.start();
    }
  }

  /** Begins to connect, in the background, and never stops trying. Later calls do nothing. */
  public void connect() {
    if (!started.get() && started.compareAndSet(false, true)) {
      connections.start();
    }
  }

  /** Ends all connections and threads. From then on everything fails, at once. */
  public void close() {
    firstAttempt.over();
    if (started.compareAndSet(false, true)) {
      return;
    }
    synchronized (this) {
      closed = true;
      connections.close();
    }
    setup.close();
  }

  /**
   * Reads keys by one atomic command, on the server of the first one. Whether a thread waits or
   * not, the answer comes within the timeout; a thread that waits before the first connection waits
   * for that too, at most the connect timeout.
   *
   * @param track whether the {@linkplain #onChange listener} is to be told, from before the reading
   *     on, when one of these keys changes, where Redis or other JVMs tell
   */
  public Question<Read> read(byte[][] keys, boolean track) {
    return readBeside(keys[0], keys, track);
  }

  /**
   * Reads versions on the server, and in the bucket, of an entry.
   *
   * @param entry which is not read
   */
  public Question<Read> readBeside(byte[] entry, byte[][] keys, boolean track) {
    return new StoreQuestion<>(
        this, entry, route -> new ReadExchange(route.link(), route.keys(keys), track, null), true);
  }

  /** The same with tracking, for what is no call of the application: a failure is not counted. */
  public Question<Read> readAgain(byte[][] keys) {
    return new StoreQuestion<>(
        this,
        keys[0],
        route -> new ReadExchange(route.link(), route.keys(keys), true, null),
        false);
  }

  /**
   * Reads keys, and runs a script right behind that; one round trip. Fails only if the keys could
   * not be read.
   *
   * @param track as of {@link #read}
   */
  public Question<Read> readAndRun(byte[][] keys, boolean track, ScriptCall script) {
    return new StoreQuestion<>(
        this,
        keys[0],
        route -> new ReadExchange(route.link(), route.keys(keys), track, route.call(script)),
        true);
  }

  /** Whether Redis tells of all changes, on all present connections. */
  public boolean isTracking() {
    List<Link> links = connections.links();
    for (Link link : links) {
      if (!link.isTracking()) {
        return false;
      }
    }
    return !links.isEmpty();
  }

  /** The same, or else those JVMs of the namespace that make them tell of changes. */
  public boolean isTold() {
    List<Link> links = connections.links();
    for (Link link : links) {
      if (!link.isTold()) {
        return false;
      }
    }
    return !links.isEmpty();
  }

  /**
   * The key that scripts which change an entry name, and the channel on which they publish it if
   * that key is there: docs/protocol.md, "Without tracking".
   */
  public byte[] announcementMark() {
    return setup.announcements.mark();
  }

  /**
   * When something was sent to Redis, as {@link System#nanoTime}, that has been answered since: the
   * {@linkplain #onChange listener} knows of all changes up to then. Long ago if there is no
   * connection. Of several the earliest.
   */
  public long provenNanos() {
    long now = System.nanoTime();
    List<Link> links = connections.links();
    long silentNanos = links.isEmpty() ? TimeUnit.DAYS.toNanos(1) : 0;
    for (Link link : links) {
      silentNanos = Math.max(silentNanos, now - link.provenNanos());
    }
    return now - silentNanos;
  }

  /** Asks Redis for a sign of life and returns at once; see {@link #provenNanos}. */
  public void prove() {
    connections.prove();
  }

  /** Names the server that has a key, of an entry. */
  public Object serverOf(byte[] key) {
    return connections.serverOf(key);
  }

  /**
   * The bucket of an entry, as a set of one: a bit of a number. Where there is no cluster, all
   * entries are in one.
   */
  public long bucketOf(byte[] entry) {
    return connections.bucketOf(entry);
  }

  /**
   * Runs a script. If it fails it may still have run, or may run later.
   *
   * @return its answer as one array: nested ones are put in their place, a single value is an array
   *     of one, numbers are decimal text, and nil and false are null
   */
  public Question<byte[] @Nullable []> run(ScriptCall call) {
    return new StoreQuestion<>(this, firstKey(call), route -> exchange(route, call), true);
  }

  private static byte[] firstKey(ScriptCall call) {
    return call.keys().length == 0 ? NO_KEY : call.keys()[0];
  }

  private static SingleExchange exchange(Route route, ScriptCall call) {
    ScriptCall there = route.call(call);
    return new SingleExchange(route.link(), there.script(), there.keys(), there.arguments());
  }

  /** For all that has a deadline and no thread that waits. */
  public Timer timer() {
    return setup.timer;
  }

  /**
   * Sends a script to Redis and returns at once.
   *
   * @param payloadBytes how large it is; while more than 32 MB are on their way nothing is sent
   * @return answers as {@link #run} does, without a deadline, on any thread; fails with a {@link
   *     StoreUnavailableException} where the script has not run, or maybe has, or will
   */
  public CompletableFuture<byte[] @Nullable []> send(ScriptCall call, long payloadBytes) {
    Route route = route(firstKey(call));
    if (route == null) {
      return CompletableFuture.failedFuture(StoreUnavailableException.notConnected());
    }
    Link link = route.link();
    AtomicLong pendingBytes = link.pendingBytes();
    if (payloadBytes > 0 && pendingBytes.get() > MAX_PENDING_BYTES) {
      return CompletableFuture.failedFuture(StoreUnavailableException.failed(true));
    }
    pendingBytes.addAndGet(payloadBytes);
    return exchange(route, call)
        .later(setup.timer, Exchange.FOREVER)
        .handle(
            (answer, failure) -> {
              pendingBytes.addAndGet(-payloadBytes);
              if (failure != null) {
                throw new CompletionException(unavailable(link, failure, true));
              }
              return answer;
            });
  }

  /**
   * Deletes keys and waits at most the timeout: in one atomic command, or in a cluster in one for
   * each bucket that has some of them. While a bucket moves to another server they are deleted one
   * by one, in their order.
   *
   * @param buckets where, as a set of bits; keys that are in none of them are left alone
   * @return the buckets of them in which the keys, or some of them, may still be there; 0 if all is
   *     done
   */
  public long unlink(byte[][] keys, long buckets) {
    awaitFirst();
    try {
      Unlinked done = connections.unlink(keys, buckets, timeoutNanos);
      if (done.failure() != null) {
        StoreUnavailableException ignored = unavailable(done.failure());
      }
      return done.missing();
    } finally {
      // Redis tells only later, or never if it could not be reached.
      for (byte[] key : keys) {
        setup.changes.changed(key);
      }
    }
  }

  /**
   * Deletes the keys that match a pattern, some hundred at a time and one command after the other,
   * so that no other client has to wait for long. Each command may take up to the timeout.
   *
   * @param pattern a glob as SCAN knows it
   * @param deadlineNanos as {@link System#nanoTime}; when it has passed, no further hundred is
   *     begun
   * @throws StoreUnavailableException at any time; what was deleted until then is not told
   */
  public Deleted unlinkMatching(byte[] pattern, long deadlineNanos)
      throws StoreUnavailableException {
    awaitFirst();
    try {
      return connections.unlinkMatching(pattern, deadlineNanos, timeoutNanos);
    } catch (RequestFailedException e) {
      throw unavailable(e);
    }
  }

  /**
   * Waits until the value of a key may have changed. Any number of threads may wait, virtual ones
   * too; one read on the connection serves all that wait for the same value.
   *
   * @param timeoutNanos how long to wait
   * @return true if the key has, or may have, another value than the expected one, or the
   *     connection has ended, so that nobody can tell; false if there is no point in waiting any
   *     longer: the time is over, Redis does not answer, or the thread is interrupted, which it
   *     then stays
   */
  public boolean awaitChange(byte[] key, byte[] expected, long timeoutNanos) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    Route route = route(key);
    if (route == null) {
      return true;
    }
    try {
      WaitResult result =
          route.link().awaitChange(route.key(key), expected, this.timeoutNanos, timeoutNanos);
      if (result == WaitResult.SILENT) {
        countTimeout();
      }
      return result == WaitResult.CHANGED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sets who is told of changes. Once, before {@link #connect}. */
  public void onChange(ChangeListener listener) {
    setup.changes = listener;
  }

  /**
   * Sets how long results are kept in memory where Redis does not tell of changes, which the log
   * then says. Once, before {@link #connect}.
   *
   * @param untracked where nobody tells; null for not at all
   * @param told where JVMs tell each other
   */
  public void keepUntracked(@Nullable Duration untracked, Duration told) {
    setup.untrackedTtl = untracked;
    setup.toldTtl = told;
  }

  /** Sets who is told of each new connection. Once, before {@link #connect}. */
  public void onConnect(ConnectionHook hook) {
    setup.hook = hook;
  }

  /** Sets what each new connection loads into Redis. Once, before {@link #connect}. */
  public void scripts(List<Script> scripts) {
    setup.scripts = List.copyOf(scripts);
  }

  /**
   * What Redis says of itself (INFO), by name; empty if it can't be had within the timeout. Of
   * several servers the sums, where that makes sense, else what the first one says.
   */
  public Map<String, String> info() {
    Map<String, String> all = new HashMap<>();
    for (Link link : connections.links()) {
      try {
        InfoReply.add(all, InfoReply.parse(link.ask(CommandType.INFO, timeoutNanos)));
      } catch (RequestFailedException e) {
        StoreUnavailableException ignored = unavailable(link, e, true);
      }
    }
    return all;
  }

  public boolean connected() {
    return connections.isConnected();
  }

  /** Look-ups that were given up after the timeout. */
  public long timeouts() {
    return timeouts.sum();
  }

  /** Commands that failed otherwise. */
  public long errors() {
    return errors.sum();
  }

  /** Connections made after the first one. */
  public long reconnects() {
    return connections.reconnects();
  }

  /** The way to a key; a thread that asks before the first attempt to connect waits for that. */
  Route openRoute(byte[] key) throws StoreUnavailableException {
    return opened(route(key));
  }

  /** The way to a key, as it is now. */
  Route presentRoute(byte[] key) throws StoreUnavailableException {
    return opened(connections.present(key));
  }

  private @Nullable Route route(byte[] key) {
    Route route = connections.present(key);
    if (route == null && awaitFirst()) {
      route = connections.present(key);
    }
    return route;
  }

  /** Whether it was to be waited for. */
  private boolean awaitFirst() {
    boolean waits = !firstAttempt.isOver() && started.get();
    if (waits) {
      firstAttempt.await();
    }
    return waits;
  }

  private static Route opened(@Nullable Route route) throws StoreUnavailableException {
    if (route == null) {
      throw StoreUnavailableException.notConnected();
    }
    return route;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  /**
   * What the caller is told of a failure.
   *
   * @param counted whether the failure counts, and is logged
   */
  StoreUnavailableException unavailable(Link link, Throwable failure, boolean counted) {
    return unavailable(link.isOpen(), failure, counted);
  }

  private StoreUnavailableException unavailable(Throwable failure) {
    return unavailable(connected(), failure, true);
  }

  private StoreUnavailableException unavailable(boolean open, Throwable failure, boolean counted) {
    Throwable wrapped = failure instanceof RequestFailedException ? failure.getCause() : null;
    Throwable cause = wrapped == null ? failure : wrapped;
    boolean timeout = cause instanceof TimeoutException;
    try {
      if (counted && timeout) {
        countTimeout();
      } else if (counted) {
        countFailure(cause);
      }
    } catch (Throwable e) {
      // Whatever becomes of the counting, the caller waits.
    }
    return timeout ? StoreUnavailableException.timedOut() : StoreUnavailableException.failed(open);
  }

  /** The number that a command answers with; 0 if it is none. */
  static long number(byte[] @Nullable [] answer) {
    byte[] number = answer.length == 0 ? null : answer[0];
    return number == null ? 0 : Long.parseLong(new String(number, StandardCharsets.US_ASCII));
  }

  private void countTimeout() {
    timeouts.increment();
    log.warnOnce(
        "timeout",
        "Redis gave no answer within `redis.timeout` ("
            + timeout.toMillis()
            + " ms), so methods ran uncached. Check "
            + address
            + " or raise `redis.timeout`. JConsole shows how often: Redis/Timeouts.");
  }

  private void countFailure(Throwable failure) {
    errors.increment();
    if (Reason.isLoss(failure)) {
      // The connection itself is reported.
      return;
    }
    String reason = Reason.of(failure);
    if (Redirection.is(reason)) {
      if (!Redirection.isMoving(reason)) {
        connections.refused(reason);
      }
      return;
    }
    String missingRight = Reason.missingRight(reason);
    int space = reason.indexOf(' ');
    log.warnOnce(
        // One line for each kind of error: Redis begins its messages with it.
        "error " + (space < 0 ? reason : reason.substring(0, space)) + missingRight,
        "Redis at "
            + address
            + " failed: "
            + firstLine(reason)
            + ". Methods run uncached where it fails."
            + missingRight
            + " JConsole shows how often: Redis/Errors.");
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return bytes.length > 200 ? line.substring(0, Math.min(line.length(), 200)) + "…" : line;
  }

  /**
   * How far a deletion by pattern has come.
   *
   * @param keys how many were deleted
   * @param complete whether all keys were looked at
   */
  public record Deleted(long keys, boolean complete) {}

  /**
   * A script with what it is called with.
   *
   * @param keys the Redis keys that it reads and writes
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record ScriptCall(Script script, byte[][] keys, byte[][] arguments) {}

  /**
   * What was read.
   *
   * @param values in the order of the keys, null for those that are missing
   * @param tracked whether it is told when one of the keys changes, by Redis or by JVMs
   * @param ran what a script has answered that was run behind it, as of {@link #run}; null if there
   *     was none, or it has failed: then it may have run all the same, or may yet
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Read(
      byte[] @Nullable [] values, boolean tracked, byte @Nullable [] @Nullable [] ran) {}

  /** Told of keys that have, or may have, other values. Called on any thread; must not wait. */
  public interface ChangeListener {

    /** Nobody wants to know. */
    ChangeListener NONE =
        new ChangeListener() {
          @Override
          public void changed(byte[] key) {}

          @Override
          public void allChanged() {}
        };

    /** By whomever: other clients, this one, or the end of its TTL. */
    void changed(byte[] key);

    /** Nothing is known any more: the connection has ended, or Redis was flushed. */
    void allChanged();
  }

  /** Told of each new connection, on the thread that connects, before anybody else can use it. */
  public interface ConnectionHook {

    /**
     * May use the given connection only, not the store.
     *
     * @throws StoreUnavailableException if the connection can't be used; it is closed, and after a
     *     pause another one is tried
     */
    void connected(NewConnection connection) throws StoreUnavailableException;
  }

  /** A connection that nobody else uses yet. Its commands end by the connect timeout. */
  public interface NewConnection {

    /** What Redis says of its process (INFO server), by name; empty if it refuses. */
    Map<String, String> info();

    /**
     * As {@link RedisStore#run}, by the connect timeout; in a cluster in each bucket that the
     * connection is to serve, with the answer of one of them.
     */
    byte[] @Nullable [] run(Script script, byte[][] keys, byte[][] arguments)
        throws StoreUnavailableException;

    /** Deletes keys, as far as they are in its {@linkplain #bucketSet() buckets}. */
    void unlink(byte[][] keys) throws StoreUnavailableException;

    /** Those that the connection is to serve, as of {@link RedisStore#unlink}. */
    long bucketSet();

    /** Whether a key, of an entry or a lease, is of this connection. */
    boolean serves(byte[] key);

    /**
     * Runs scripts for keys of this connection, by the connect timeout, in one round trip. Whether
     * Redis has refused one is not told.
     */
    void runAll(List<ScriptCall> calls) throws StoreUnavailableException;

    /** As {@link RedisStore#serverOf}. */
    Object server();
  }
}
