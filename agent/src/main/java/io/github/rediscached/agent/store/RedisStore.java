package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.thread.Timer;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  private static final byte[] MATCH = {'M', 'A', 'T', 'C', 'H'};
  private static final byte[] COUNT = {'C', 'O', 'U', 'N', 'T'};
  private static final byte[] FIRST_CURSOR = {'0'};

  /**
   * Among a million keys a SCAN of 1,000 takes Redis up to 11 ms, one of 200 up to 3 ms, and all of
   * them together no longer (docs/benchmarks.md, Invalidation).
   */
  private static final byte[] SCANNED_AT_ONCE = {'2', '0', '0'};

  private final Connector connector;
  private final Duration timeout;
  private final long timeoutNanos;
  private final String address;
  private final AgentLog log;
  private final AtomicLong pendingBytes = new AtomicLong();
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private ChangeListener changes = ChangeListener.NONE;
  private final Timer timer = new Timer("rediscached-timer");

  /**
   * Connects to nothing yet.
   *
   * @param namespace what all keys begin with, before a colon
   */
  public RedisStore(RedisAccess access, String namespace, AgentLog log) {
    this.timeout = access.timeout();
    this.timeoutNanos = timeout.toNanos();
    this.connector =
        new Connector(access, Math.max(access.connectTimeout().toNanos(), 2 * timeoutNanos), log);
    this.address = access.shownUri();
    this.log = log;
  }

  /** Begins to connect, in the background, and never stops trying. Later calls do nothing. */
  public void connect() {
    connector.start();
  }

  /**
   * Reads keys by one atomic command. Whether a thread waits or not, the answer comes within the
   * timeout; a thread that waits before the first connection waits for that too, at most the
   * connect timeout.
   *
   * @param track whether the {@linkplain #onChange listener} is to be told, from before the reading
   *     on, when one of these keys changes, if Redis knows how to tell
   */
  public Question<Read> read(byte[][] keys, boolean track) {
    return new StoreQuestion<>(this, link -> new ReadExchange(link, keys, track, null), true);
  }

  /** The same with tracking, for what is no call of the application: a failure is not counted. */
  public Question<Read> readAgain(byte[][] keys) {
    return new StoreQuestion<>(this, link -> new ReadExchange(link, keys, true, null), false);
  }

  /**
   * Reads keys, and runs a script right behind that; one round trip. Fails only if the keys could
   * not be read.
   *
   * @param track as of {@link #read}
   */
  public Question<Read> readAndRun(byte[][] keys, boolean track, ScriptCall script) {
    return new StoreQuestion<>(this, link -> new ReadExchange(link, keys, track, script), true);
  }

  /** Whether Redis tells of changes, on the present connection. */
  public boolean isTracking() {
    Link link = connector.presentLink();
    return link != null && link.isTracking();
  }

  /**
   * When something was sent to Redis, as {@link System#nanoTime}, that has been answered since: the
   * {@linkplain #onChange listener} knows of all changes up to then. Long ago if there is no
   * connection.
   */
  public long provenNanos() {
    Link link = connector.presentLink();
    return link == null ? System.nanoTime() - TimeUnit.DAYS.toNanos(1) : link.provenNanos();
  }

  /** Asks Redis for a sign of life and returns at once; see {@link #provenNanos}. */
  public void prove() {
    Link link = connector.presentLink();
    if (link != null) {
      link.prove();
    }
  }

  /**
   * Runs a script. If it fails it may still have run, or may run later.
   *
   * @return its answer as one array: nested ones are put in their place, a single value is an array
   *     of one, numbers are decimal text, and nil and false are null
   */
  public Question<byte[] @Nullable []> run(ScriptCall call) {
    return new StoreQuestion<>(this, link -> exchange(link, call), true);
  }

  private static SingleExchange exchange(Link link, ScriptCall call) {
    return new SingleExchange(link, call.script(), call.keys(), call.arguments());
  }

  /** For all that has a deadline and no thread that waits. */
  public Timer timer() {
    return timer;
  }

  /**
   * Sends a script to Redis and returns at once.
   *
   * @param payloadBytes how large it is; while more than 32 MB are on their way nothing is sent
   * @return answers as {@link #run} does, without a deadline, on any thread; fails with a {@link
   *     StoreUnavailableException} where the script has not run, or maybe has, or will
   */
  public CompletableFuture<byte[] @Nullable []> send(ScriptCall call, long payloadBytes) {
    Link link = connector.link();
    if (link == null || (payloadBytes > 0 && pendingBytes.get() > MAX_PENDING_BYTES)) {
      return CompletableFuture.failedFuture(
          link == null
              ? StoreUnavailableException.notConnected()
              : StoreUnavailableException.failed(true));
    }
    pendingBytes.addAndGet(payloadBytes);
    return exchange(link, call)
        .later(timer, Exchange.FOREVER)
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
   * Deletes keys in one atomic command and waits at most the timeout.
   *
   * @return how many of them there were
   */
  public long unlink(byte[][] keys) throws StoreUnavailableException {
    try {
      return number(ask(CommandType.UNLINK, keys));
    } finally {
      // Redis tells only later, or never if it could not be reached.
      for (byte[] key : keys) {
        changes.changed(key);
      }
    }
  }

  /**
   * Deletes the keys that match a pattern, some thousand at a time and one command after the other,
   * so that no other client has to wait for long. Each command may take up to the timeout.
   *
   * @param pattern a glob as SCAN knows it
   * @param cursor the digit 0, or where an earlier call has stopped
   * @param deadlineNanos as {@link System#nanoTime}; when it has passed, no further thousand is
   *     begun
   * @throws StoreUnavailableException at any time; what was deleted until then is not told
   */
  public Deleted unlinkMatching(byte[] pattern, byte[] cursor, long deadlineNanos)
      throws StoreUnavailableException {
    byte[] at = cursor;
    long keys = 0;
    while (true) {
      byte[] @Nullable [] found = ask(CommandType.SCAN, at, MATCH, pattern, COUNT, SCANNED_AT_ONCE);
      at = found[0];
      if (found.length > 1) {
        keys += unlink(Arrays.copyOfRange(found, 1, found.length));
      }
      boolean complete = Arrays.equals(at, FIRST_CURSOR);
      if (complete || System.nanoTime() - deadlineNanos >= 0) {
        return new Deleted(keys, complete, at);
      }
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
    Link link = connector.link();
    if (link == null) {
      return true;
    }
    try {
      WaitResult result = link.awaitChange(key, expected, this.timeoutNanos, timeoutNanos);
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
    changes = listener;
    connector.onChange(listener);
  }

  /**
   * Sets how long results are kept in memory where Redis does not tell of changes, which the log
   * then says. Once, before {@link #connect}.
   */
  public void keepUntracked(Duration ttl) {
    connector.keepUntracked(ttl);
  }

  /** Sets who is told of each new connection. Once, before {@link #connect}. */
  public void onConnect(ConnectionHook hook) {
    connector.onConnect(hook);
  }

  /** Sets what each new connection loads into Redis. Once, before {@link #connect}. */
  public void scripts(List<Script> scripts) {
    connector.scripts(scripts);
  }

  /** What Redis says of itself (INFO), by name; empty if it can't be had within the timeout. */
  public Map<String, String> info() {
    try {
      return InfoReply.parse(ask(CommandType.INFO));
    } catch (StoreUnavailableException e) {
      return Map.of();
    }
  }

  public boolean connected() {
    return connector.isConnected();
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
    return connector.reconnects();
  }

  private byte[] @Nullable [] ask(CommandType command, byte[]... arguments)
      throws StoreUnavailableException {
    return new StoreQuestion<>(this, link -> new SingleExchange(link, command, arguments), true)
        .ask();
  }

  /** The connection; a thread that asks before the first one waits for it. */
  Link openLink() throws StoreUnavailableException {
    return opened(connector.link());
  }

  /** The connection, as it is now. */
  Link presentLink() throws StoreUnavailableException {
    return opened(connector.presentLink());
  }

  private static Link opened(@Nullable Link link) throws StoreUnavailableException {
    if (link == null) {
      throw StoreUnavailableException.notConnected();
    }
    return link;
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
    return timeout
        ? StoreUnavailableException.timedOut()
        : StoreUnavailableException.failed(link.isOpen());
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
   * @param cursor where to go on
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed back, never compared.
  public record Deleted(long keys, boolean complete, byte[] cursor) {}

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
   * @param tracked whether Redis tells when one of the keys changes
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

    /** As {@link RedisStore#run}, by the connect timeout. */
    byte[] @Nullable [] run(Script script, byte[][] keys, byte[][] arguments)
        throws StoreUnavailableException;

    /** As {@link RedisStore#unlink}. */
    long unlink(byte[][] keys) throws StoreUnavailableException;
  }
}
