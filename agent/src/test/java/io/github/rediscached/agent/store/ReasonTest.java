package io.github.rediscached.agent.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.log.AgentLog;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read in the log when Redis can't be used. */
class ReasonTest {

  @Test
  void itIsWhatTheFirstCauseSays() {
    assertEquals("OOM is full", Reason.of(new RedisCommandExecutionException("OOM is full")));
    assertEquals(
        "Connection reset",
        Reason.of(new CompletionException(new IOException("Connection reset"))));
  }

  /** It stands before a full stop or in brackets. */
  @Test
  void itHasNoFullStop() {
    assertEquals(
        "ERR no, on @user_script:65",
        Reason.of(new RedisCommandExecutionException("ERR no, on @user_script:65.")));
  }

  @Test
  void aCauseThatSaysNothingIsSaidInPlainWords() {
    assertEquals("the connection was closed", Reason.of(new ClosedChannelException()));
    assertEquals(
        "the connection was closed",
        Reason.of(new RequestFailedException(new ClosedChannelException())));
    assertEquals("no answer in time", Reason.of(new TimeoutException()));
    assertEquals("java.io.IOException", Reason.of(new IOException(" ")));
  }

  /** As Redis 7.0 says it, inside of a script in two ways, and as later versions and Valkey do. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOPERM this user has no permissions to run the 'mget' command",
        "ERR The user executing the script can't run this command or subcommand script: 8325bf",
        "ERR The user executing the script can't access at least one of the keys mentioned in the"
            + " command arguments script: eb9fe1",
        "NOPERM ACL failure in script: User app has no permissions to run the 'mget' command"
      })
  void whereARightIsMissingTheListOfRightsIsNamed(String reason) {
    assertEquals(
        " Give the user of `redis.uri` the rights that docs/redis.md lists.",
        Reason.missingRight(reason));
  }

  @Test
  void otherErrorsAreNoMissingRights() {
    assertEquals("", Reason.missingRight("ERR unknown command 'mget'"));
    assertEquals("", Reason.missingRight("OOM command not allowed"));
  }

  /** The loss of the connection is in the log, and that is enough. */
  @Test
  void whatFailsForALostConnectionIsCountedOnly() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (OwnRedis redis = new OwnRedis()) {
      RedisStore store =
          new RedisStore(
              new RedisAccess(
                  redis.uri(),
                  redis.uri(),
                  Duration.ofSeconds(60),
                  Duration.ofSeconds(20),
                  RedisAccess.Mode.STANDALONE),
              "ns",
              new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8)));
      store.connect();
      OwnRedis.eventually("connected", store::connected);
      AtomicInteger failed = new AtomicInteger();
      redis.freeze();
      for (int i = 0; i < 10; i++) {
        sendTo(store, failed);
      }
      redis.kill();
      OwnRedis.eventually("they fail", () -> failed.get() == 10);
      while (store.connected()) {
        sendTo(store, failed);
      }
      OwnRedis.eventually("it says so", () -> text(said).contains(" is lost. "));
      assertTrue(store.errors() >= 10);
    }
    assertFalse(text(said).contains(" failed: "), text(said));
  }

  private static void sendTo(RedisStore store, AtomicInteger failed) {
    byte[][] none = {};
    var ignored =
        store
            .send(OwnRedis.call(new Script("return 1"), none, none), 1)
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    failed.incrementAndGet();
                  }
                });
  }

  private static String text(ByteArrayOutputStream said) {
    return said.toString(StandardCharsets.UTF_8);
  }

  /** A connection that is closed before anything was answered. */
  @Test
  void theLogNamesAReasonWhereTheConnectionIsClosed() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (ServerSocket closing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread closer =
          new Thread(
              () -> {
                try {
                  while (true) {
                    closing.accept().close();
                  }
                } catch (IOException e) {
                  // The test has ended.
                }
              });
      closer.setDaemon(true);
      closer.start();
      String uri = "redis://127.0.0.1:" + closing.getLocalPort();
      RedisStore store =
          new RedisStore(
              new RedisAccess(
                  uri,
                  uri,
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(5),
                  RedisAccess.Mode.STANDALONE),
              "ns",
              new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8)));
      store.connect();
      OwnRedis.eventually("it says so", () -> said.size() > 0);
    }
    String line = said.toString(StandardCharsets.UTF_8);
    assertTrue(line.contains("can't connect to Redis at "), line);
    for (String nothing : List.of("(null)", "()")) {
      assertTrue(!line.contains(nothing), line);
    }
  }
}
