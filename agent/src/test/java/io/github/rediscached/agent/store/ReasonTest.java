package io.github.rediscached.agent.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;

/** What is read in the log when Redis can't be used. */
class ReasonTest {

  @Test
  void itIsWhatTheFirstCauseSays() {
    assertEquals("OOM is full", Reason.of(new RedisCommandExecutionException("OOM is full")));
    assertEquals(
        "Connection reset",
        Reason.of(new CompletionException(new IOException("Connection reset"))));
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
              uri,
              uri,
              Duration.ofSeconds(5),
              Duration.ofSeconds(5),
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
