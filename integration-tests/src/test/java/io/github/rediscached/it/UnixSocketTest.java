package io.github.rediscached.it;

import static io.github.rediscached.it.CredentialsTest.awaitCaching;
import static io.github.rediscached.it.CredentialsTest.runs;
import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.outages.Outages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Redis beside the application, reached through a Unix domain socket. */
class UnixSocketTest {

  @Test
  void aSocketIsUsedAsAHostIs() throws IOException {
    Path socket = Files.createTempDirectory("redis").resolve("redis.sock");
    try (TestRedis redis = TestRedis.start("--unixsocket", socket.toString())) {
      redis.uriOf("app", "sesame", "~*", "+@all");
      try (RunningJvm jvm = start("redis+socket://app:sesame@" + socket + "?clientName=shop&db=3");
          RunningJvm other = start("unix://" + socket)) {
        awaitCaching(jvm);
        awaitCaching(other);
        String client =
            redis
                .commands()
                .clientList()
                .lines()
                .filter(line -> line.contains("name=shop"))
                .findFirst()
                .orElseThrow();
        assertTrue(client.contains("addr=" + socket), client);
        assertTrue(client.contains("db=3") && client.contains("user=app"), client);
        assertTrue(client.contains("flags=t") || client.contains("flags=Ut"), client);
        redis.kill();
        eventually("the loss is told", () -> jvm.soFar().log().size() == 1);
        redis.restart();
        redis.uriOf("app", "sesame", "~*", "+@all");
        awaitCaching(jvm);
        awaitCaching(other);
      }
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  @Test
  void aSocketThatIsNotThereIsNamed() {
    try (RunningJvm jvm = start("unix:///tmp/no-redis.sock")) {
      assertEquals(1, runs(jvm, "EUR"));
      String line = jvm.awaitErr("[rediscached] WARN can't connect to Redis");
      assertTrue(line.contains("unix:///tmp/no-redis.sock ("), line);
      assertEquals(List.of(line.substring("[rediscached] ".length())), jvm.soFar().log());
    }
  }

  private static RunningJvm start(String uri) {
    return Jvm.of(Outages.class)
        .setting("redis.uri", uri)
        .setting("redis.timeout", "5s")
        .setting("redis.connect-timeout", "20s")
        .setting("namespace", TestRedis.newNamespace())
        .start();
  }
}
