package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

  private static final byte[] MILLISECONDS = {'P', 'X'};

  private final Connector connector;
  private final Duration timeout;
  private final long timeoutNanos;
  private final String address;
  private final AgentLog log;
  private final AtomicLong pendingBytes = new AtomicLong();
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder errors = new LongAdder();

  /**
   * Connects to nothing yet.
   *
   * @param uri with its password, if any
   * @param redactedUri the same, to be shown to people
   * @param timeout how long a look-up may take
   * @param connectTimeout how long a connection may take to be made, and how long the first look-up
   *     waits for it
   */
  public RedisStore(
      String uri, String redactedUri, Duration timeout, Duration connectTimeout, AgentLog log) {
    this.timeout = timeout;
    this.timeoutNanos = timeout.toNanos();
    this.connector =
        new Connector(
            uri,
            redactedUri,
            connectTimeout,
            Math.max(connectTimeout.toNanos(), 2 * timeoutNanos),
            log);
    this.address = redactedUri;
    this.log = log;
  }

  /** Begins to connect, in the background, and never stops trying. Later calls do nothing. */
  public void connect() {
    connector.start();
  }

  /**
   * The entry with this key, null if there is none. Waits at most the timeout; before the first
   * connection at most the connect timeout instead.
   */
  public byte @Nullable [] get(byte[] key) throws StoreUnavailableException {
    return ask(CommandType.GET, key);
  }

  /**
   * Sends an entry to Redis and returns at once.
   *
   * @param ttlMillis at least 1
   * @param onFailure called, on any thread, if it was not stored
   */
  public void put(byte[] key, byte[] entry, long ttlMillis, Runnable onFailure) {
    Link link = connector.link();
    if (link == null || pendingBytes.get() > MAX_PENDING_BYTES) {
      onFailure.run();
      return;
    }
    pendingBytes.addAndGet(entry.length);
    link.send(
        new SentRequest(
            CommandType.SET,
            key,
            entry,
            MILLISECONDS,
            Long.toString(ttlMillis).getBytes(StandardCharsets.US_ASCII)) {
          @Override
          void ended(@Nullable Throwable failure) {
            pendingBytes.addAndGet(-entry.length);
            if (failure != null) {
              countFailure(failure);
              onFailure.run();
            }
          }
        });
  }

  /** What Redis says of itself (INFO), by name; empty if it can't be had within the timeout. */
  public Map<String, String> info() {
    byte[] text;
    try {
      text = ask(CommandType.INFO);
    } catch (StoreUnavailableException e) {
      return Map.of();
    }
    Map<String, String> fields = new HashMap<>();
    if (text != null) {
      for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          fields.put(line.substring(0, colon), line.substring(colon + 1));
        }
      }
    }
    return fields;
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

  private byte @Nullable [] ask(CommandType command, byte[]... arguments)
      throws StoreUnavailableException {
    Link link = connector.link();
    if (link == null) {
      throw new StoreUnavailableException("not connected", false);
    }
    AwaitedRequest request = new AwaitedRequest(command, arguments);
    link.send(request);
    try {
      byte[] answer = request.await(timeoutNanos);
      link.answered();
      return answer;
    } catch (TimeoutException e) {
      timeouts.increment();
      log.warnOnce(
          "timeout",
          "Redis gave no answer within `redis.timeout` ("
              + timeout.toMillis()
              + " ms), so methods ran uncached. Check "
              + address
              + " or raise `redis.timeout`. JConsole shows how often: Redis/Timeouts.");
      link.timedOut();
      throw new StoreUnavailableException("timeout", true);
    } catch (RequestFailedException e) {
      countFailure(e);
      throw new StoreUnavailableException("error", link.isOpen());
    }
  }

  private void countFailure(Throwable failure) {
    errors.increment();
    String reason = String.valueOf(failure.getMessage());
    int space = reason.indexOf(' ');
    log.warnOnce(
        // One line for each kind of error: Redis begins its messages with it.
        "error " + (space < 0 ? reason : reason.substring(0, space)),
        "Redis at "
            + address
            + " failed: "
            + firstLine(reason)
            + ". Methods run uncached where it fails. JConsole shows how often: Redis/Errors.");
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return bytes.length > 200 ? line.substring(0, Math.min(line.length(), 200)) + "…" : line;
  }
}
