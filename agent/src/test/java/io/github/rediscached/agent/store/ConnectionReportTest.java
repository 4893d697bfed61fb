package io.github.rediscached.agent.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.log.AgentLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the log says of a connection that comes and goes. */
class ConnectionReportTest {

  private static final String CANT_CONNECT =
      "[rediscached] WARN can't connect to Redis at redis://r (refused). Methods run uncached until"
          + " it answers. Start Redis or set `redis.uri`.";
  private static final String LOST =
      "[rediscached] WARN the connection to Redis at redis://r is lost. Methods run uncached until"
          + " it is back.";
  private static final String CONNECTED = "[rediscached] connected to Redis at redis://r";
  private static final String AGAIN = CONNECTED + " again";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final ConnectionReport report = report(null);

  @Test
  void aGoodConnectionIsNotWorthALine() {
    report.connected();

    assertSaid();
  }

  @Test
  void aRedisThatComesLateIsWelcomed() {
    report.failed(new IOException("refused"));
    report.failed(new IOException("refused"));
    report.connected();

    assertSaid(CANT_CONNECT, CONNECTED);
  }

  @Test
  void aLossIsToldAndItsEnd() {
    report.connected();
    report.lost();
    report.failed(new IOException("refused"));
    report.connected();

    assertSaid(LOST, CANT_CONNECT, AGAIN);
  }

  @Test
  void aSecondLossIsToldOnceItLasts() {
    report.failed(new IOException("refused"));
    report.connected();
    report.lost();
    report.connected();
    pass(ConnectionReport.QUIET.minusNanos(1));
    report.lost();
    report.failed(new IOException("refused"));
    assertSaid(CANT_CONNECT, CONNECTED, LOST, AGAIN);

    pass(Duration.ofNanos(1));
    report.failed(new IOException("refused"));
    report.failed(new IOException("refused"));
    assertSaid(CANT_CONNECT, CONNECTED, LOST, AGAIN, LOST);

    report.connected();
    assertSaid(CANT_CONNECT, CONNECTED, LOST, AGAIN, LOST, AGAIN);
  }

  @Test
  void aConnectionThatComesAndGoesDoesNotFillTheLog() {
    report.failed(new IOException("refused"));
    for (int i = 0; i < 1_000; i++) {
      report.connected();
      report.lost();
      report.failed(new IOException("refused"));
      pass(ConnectionReport.QUIET.dividedBy(100));
    }

    assertTrue(lines().size() <= 2 + 2 * 1_000 / 100, lines().size() + " lines");
  }

  @Test
  void whatHelpsDependsOnWhyItFails() {
    for (String reason :
        List.of(
            "WRONGPASS invalid username-password pair or user is disabled.",
            "NOAUTH Authentication required.")) {
      said.reset();
      report(null).failed(new IOException(reason));
      assertSaid(
          "[rediscached] WARN can't connect to Redis at redis://r ("
              + reason.substring(0, reason.length() - 1)
              + "). Methods run uncached until it answers. Check user and password in"
              + " `redis.uri`, or what `redis.credentials` names.");
    }
    said.reset();
    report(null).failed(new IOException("NOPERM no permissions to run 'evalsha'"));
    assertSaid(
        "[rediscached] WARN can't connect to Redis at redis://r (NOPERM no permissions to run"
            + " 'evalsha'). Methods run uncached until it answers. Give the user of `redis.uri` the"
            + " rights that docs/redis.md lists.");
    said.reset();
    report(null)
        .failed(new IOException("ERR The user executing the script can't run this command script"));
    assertSaid(
        "[rediscached] WARN can't connect to Redis at redis://r (ERR The user executing the script"
            + " can't run this command script). Methods run uncached until it answers. Give the"
            + " user of `redis.uri` the rights that docs/redis.md lists.");
  }

  @Test
  void aRedisThatDoesNotTellOfChangesIsSaidOnceWithWhatFollows() {
    report.untracked(null, "no RESP3", "no RESP3");
    report.untracked(null, "no RESP3", "no RESP3");
    report(Duration.ofSeconds(5)).untracked(null, "NOPERM", "SUBSCRIBE: NOPERM");
    report(null).untracked(Duration.ofSeconds(7), "NOPERM", "");

    String fact = "Redis at redis://r does not tell of changes (CLIENT TRACKING: ";
    assertSaid(
        "[rediscached] WARN "
            + fact
            + "no RESP3), so every hit asks it. Give the user of `redis.uri` the rights that"
            + " docs/redis.md lists. `near.ttl` allows results in memory for a bounded time all the"
            + " same; `near.enabled: false` ends this message.",
        "[rediscached] "
            + fact
            + "NOPERM) and JVMs can't tell each other (SUBSCRIBE: NOPERM), so results without tags are kept in memory for `near.ttl` (5000 ms) at most, in which"
            + " changes by other JVMs are not seen.",
        "[rediscached] "
            + fact
            + "NOPERM), so JVMs tell each other of invalidations. Results are kept in memory for"
            + " `near.ttl` (7000 ms) at most, in which changes by other programs are not seen.");
  }

  private ConnectionReport report(@Nullable Duration untrackedTtl) {
    return new ConnectionReport(
        "redis://r",
        untrackedTtl,
        new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8)),
        nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void assertSaid(String... expected) {
    assertEquals(List.of(expected), lines());
  }

  private List<String> lines() {
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
