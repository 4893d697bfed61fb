package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.outages.Outages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real Sentinels, a master and a replica on loopback. */
class SentinelTest {

  /** Many times the timeout, for busy machines. */
  private static final long SOON_MILLIS = 5_000;

  /** For what nodes send each other. */
  @TempDir Path files;

  private TestRedis first;
  private TestRedis second;

  @BeforeEach
  void start() {
    first = TestRedis.start("--dir", files.toString());
    second = TestRedis.start("--dir", files.toString(), "--replicaof", "127.0.0.1 " + first.port());
    eventually("there is a replica", () -> info(second).contains("master_link_status:up"));
  }

  @AfterEach
  void end() {
    first.close();
    second.close();
  }

  @Test
  void aFailoverIsFollowedAndWhatWasCachedBeforeCountsNoMore() {
    try (TestSentinels sentinels = new TestSentinels(first);
        RunningJvm jvm = start(sentinels.uri())) {
      awaitCaching(jvm);
      int runs = runs(jvm, "EUR");
      assertEquals(runs, runs(jvm, "EUR"));
      // Sentinels fail over to replicas that they have found only.
      eventually("they know the replica", () -> knowReplica(sentinels));
      first.kill();
      eventually(
          "the replica is promoted, and no call waits meanwhile",
          () -> {
            runs(jvm, "USD");
            return info(second).contains("role:master");
          });
      long promoted = System.nanoTime();
      awaitCaching(jvm);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - promoted);
      System.out.println("hits " + millis + " ms after the promotion");
      assertTrue(millis < 2 * SOON_MILLIS, millis + " ms");
      assertTrue(runs(jvm, "EUR") > runs);

      first.restart();
      eventually("the old master is a replica", () -> info(first).contains("role:slave"));
      int now = runs(jvm, "EUR");
      assertEquals(now, runs(jvm, "EUR"));
      assertTrue(jvm.soFar().log().size() <= 3, jvm.soFar().toString());
    }
  }

  @Test
  void aMasterThatIsDemotedWhileItLivesIsLeft() {
    try (TestSentinels sentinels = new TestSentinels(first);
        RunningJvm jvm = start(sentinels.uri())) {
      awaitCaching(jvm);
      eventually("they know the replica", () -> knowReplica(sentinels));
      sentinels.failOver();
      eventually("the replica is promoted", () -> info(second).contains("role:master"));
      awaitCaching(jvm);
      eventually("nobody is with the old one", () -> clients(first) == 0 && clients(second) == 1);
    }
  }

  @Test
  void allMayBeRestartedAtOnce() {
    try (TestSentinels sentinels = new TestSentinels(first);
        RunningJvm jvm = start(sentinels.uri())) {
      awaitCaching(jvm);
      sentinels.kill();
      first.kill();
      second.kill();
      runs(jvm, "EUR");
      first.restart();
      second.restart();
      sentinels.restart();

      awaitCaching(jvm);
    }
  }

  @Test
  void aUserWithTheRightsOfTheManualIsEnoughForTheSentinels() throws IOException {
    Matcher command =
        Pattern.compile("`ACL SETUSER app on >password ([^`]*sentinel[^`]*)`")
            .matcher(Files.readString(Path.of("../docs/redis.md")));
    assertTrue(command.find());
    try (TestSentinels sentinels =
            new TestSentinels(
                first, "requirepass nobody", "user app on >sesame " + command.group(1));
        RunningJvm jvm =
            jvm(sentinels.uri())
                .setting("redis.sentinel.user", "app")
                .setting("redis.sentinel.password", "sesame")
                .start()) {
      awaitCaching(jvm);
      assertEquals(List.of(), jvm.soFar().log());
    }
  }

  @Test
  void sentinelsMayAskForAPassword() {
    try (TestSentinels sentinels = new TestSentinels(first, "requirepass sesame");
        RunningJvm jvm = jvm(sentinels.uri()).setting("redis.sentinel.password", "sesame").start();
        RunningJvm without = start(sentinels.uri());
        RunningJvm unknown =
            jvm(sentinels.uri().replace("#", "#un"))
                .setting("redis.sentinel.password", "sesame")
                .start()) {
      awaitCaching(jvm);
      assertEquals(List.of(), jvm.soFar().log());
      runs(without, "EUR");
      String line = without.awaitErr("[rediscached] WARN can't connect");
      assertTrue(line.contains("NOAUTH") && line.contains("`redis.sentinel.password`"), line);
      runs(unknown, "EUR");
      line = unknown.awaitErr("[rediscached] WARN can't connect");
      assertTrue(line.contains("does not know \"un" + TestSentinels.MASTER + "\""), line);
    }
  }

  /** As a service does behind one name: its old master stays, and refuses to write. */
  @Test
  void aConnectionToAReplicaIsMadeAnew() {
    try (RunningJvm jvm = start("redis://127.0.0.1:" + first.port())) {
      awaitCaching(jvm);
      second.commands().replicaofNoOne();
      first.commands().replicaof("127.0.0.1", second.port());
      eventually(
          "the connection is another one",
          () -> {
            runs(jvm, "C" + System.nanoTime());
            return jvm.soFar().log().stream().anyMatch(line -> line.contains("is lost"));
          });
      first.commands().replicaofNoOne();
      awaitCaching(jvm);
    }
  }

  private static boolean knowReplica(TestSentinels sentinels) {
    return sentinels.replicas() == 1;
  }

  private static RunningJvm start(String uri) {
    return jvm(uri).start();
  }

  private static Jvm jvm(String uri) {
    return Jvm.of(Outages.class)
        .setting("redis.uri", uri)
        .setting("redis.timeout", "200ms")
        .setting("redis.connect-timeout", "1s")
        .setting("namespace", TestRedis.newNamespace());
  }

  private static String info(TestRedis redis) {
    return redis.commands().info("replication");
  }

  /** Connections that have asked to be told of changes: those of agents. */
  private static long clients(TestRedis redis) {
    return redis.commands().clientList().lines().filter(line -> line.contains("flags=t")).count();
  }

  private static void awaitCaching(RunningJvm jvm) {
    eventually(
        "results are cached",
        () -> {
          String name = "C" + System.nanoTime();
          int first = runs(jvm, name);
          return runs(jvm, name) == first;
        });
  }

  /** Calls, and sees to it that the call has waited for nothing. */
  private static int runs(RunningJvm jvm, String name) {
    String[] answer = jvm.ask("rate " + name).split(" ", -1);
    assertEquals("rate-" + name, answer[0]);
    assertTrue(Long.parseLong(answer[3]) < SOON_MILLIS, answer[3] + " ms");
    return Integer.parseInt(answer[1]);
  }
}
