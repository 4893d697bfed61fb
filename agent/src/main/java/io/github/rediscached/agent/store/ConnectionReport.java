package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of the connection. A connection that comes and goes does not fill it, and yet
 * its last line is true, at the latest when {@link #QUIET} is over. For the thread that connects.
 */
final class ConnectionReport {

  /** A connection that comes and goes is told of this often. */
  static final Duration QUIET = Duration.ofSeconds(60);

  private final String address;
  private final @Nullable Duration untrackedTtl;
  private final AgentLog log;
  private final LongSupplier nanoClock;
  private boolean wasConnected;
  private boolean saidAway;
  private boolean saidWhy;
  private boolean saidUntracked;
  private boolean lossUntold;
  private long lossToldNanos;

  /**
   * @param address of Redis, without a password
   * @param untrackedTtl how long results are kept in memory where nobody tells of changes; null for
   *     not at all
   */
  ConnectionReport(
      String address, @Nullable Duration untrackedTtl, AgentLog log, LongSupplier nanoClock) {
    this.address = address;
    this.untrackedTtl = untrackedTtl;
    this.log = log;
    this.nanoClock = nanoClock;
    this.lossToldNanos = nanoClock.getAsLong() - QUIET.toNanos();
  }

  void connected() {
    if (saidAway) {
      log.info("connected to Redis at " + address + (wasConnected ? " again" : ""));
    }
    wasConnected = true;
    saidAway = false;
    lossUntold = false;
  }

  void lost() {
    lossUntold = true;
    tellLoss();
  }

  /** Another attempt has failed. */
  void failed(Throwable failure) {
    if (saidWhy) {
      tellLoss();
      return;
    }
    saidWhy = true;
    saidAway = true;
    lossUntold = false;
    String reason = Reason.of(failure);
    log.warn(
        "can't connect to Redis at "
            + address
            + " ("
            + reason
            + "). Methods run uncached until it answers."
            + remedy(failure, reason));
  }

  private static String remedy(Throwable failure, String reason) {
    String tls = TlsFailure.remedy(failure);
    if (!tls.isEmpty()) {
      return tls;
    }
    if (reason.startsWith("WRONGPASS") || reason.startsWith("NOAUTH")) {
      return " Check user and password in `redis.uri`, or what `redis.credentials` names.";
    }
    if (failure.getMessage() != null && failure.getMessage().startsWith(Sentinels.UNKNOWN)) {
      return " Check `redis.uri`, and `redis.sentinel.password` if the Sentinels ask for one.";
    }
    if (failure instanceof LoginUnknownException) {
      return " Check what `redis.credentials` names.";
    }
    String missingRight = Reason.missingRight(reason);
    return missingRight.isEmpty() ? " Start Redis or set `redis.uri`." : missingRight;
  }

  private void tellLoss() {
    long now = nanoClock.getAsLong();
    if (lossUntold && now - lossToldNanos >= QUIET.toNanos()) {
      lossUntold = false;
      lossToldNanos = now;
      saidAway = true;
      log.warn(
          "the connection to Redis at "
              + address
              + " is lost. Methods run uncached until it is back.");
    }
  }

  /**
   * There is a near cache, and Redis does not tell of changes.
   *
   * @param toldTtl how long results are kept in memory if JVMs tell each other; null if they don't
   * @param untracked why Redis does not
   * @param unheard why JVMs do not
   */
  void untracked(@Nullable Duration toldTtl, String untracked, String unheard) {
    if (saidUntracked) {
      return;
    }
    saidUntracked = true;
    String fact =
        "Redis at " + address + " does not tell of changes (CLIENT TRACKING: " + untracked + ")";
    if (toldTtl != null) {
      log.info(
          fact
              + ", so JVMs tell each other of invalidations. Results are kept in memory for"
              + " `near.ttl` ("
              + toldTtl.toMillis()
              + " ms) at most, in which changes by other programs are not seen.");
      return;
    }
    String unheardFact =
        unheard.equals(untracked) ? "" : " and JVMs can't tell each other (" + unheard + ")";
    if (untrackedTtl == null) {
      log.warn(
          fact
              + unheardFact
              + ", so every hit asks it. Give the user of `redis.uri` the rights that docs/redis.md"
              + " lists. `near.ttl` allows results in memory for a bounded time all the same;"
              + " `near.enabled: false` ends this message.");
    } else {
      log.info(
          fact
              + unheardFact
              + ", so "
              + "results without tags are kept in memory for `near.ttl` ("
              + untrackedTtl.toMillis()
              + " ms) at most, in which changes by other JVMs are not seen.");
    }
  }
}
