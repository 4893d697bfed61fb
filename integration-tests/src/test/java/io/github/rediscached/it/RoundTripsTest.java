package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.roundtrips.Products;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripsTest {

  @Test
  void aHitIsOneCommandAndNothingElse() {
    assertHits("", Map.of("mget", 1000L));
  }

  @Test
  void aHitWithTagsFromTheArgumentsIsOneCommandAndNothingElse() {
    assertHits("tagged", Map.of("mget", 1000L));
  }

  /** Which tags those are is known since the entry was stored. */
  @Test
  void aHitWithTagsFromTheResultIsOneCommandAndNothingElse() {
    assertHits("owned", Map.of("mget", 1000L));
  }

  /** What the script calls is counted as well, but is no round trip. */
  @Test
  void theFirstHitWithTagsFromTheResultIsOneScript() {
    try (TestRedis redis = TestRedis.start();
        RunningJvm one = owned(redis)) {
      one.ask("10");
      Eventually.eventually("only hits", () -> one.ask("0").equals(one.ask("10")));
      try (RunningJvm other = owned(redis)) {
        // Else its connection would be among the commands. From then on it knows one of the ten.
        Eventually.eventually("a hit of the other", () -> other.ask("0").equals(other.ask("1")));
        String runs = other.ask("0");
        redis.commands().configResetstat();

        assertEquals(runs, other.ask("10"));

        assertEquals(Map.of("evalsha", 9L, "mget", 19L), callsByCommand(redis));
      }
    }
  }

  private static RunningJvm owned(TestRedis redis) {
    return Jvm.of(Products.class, redis, "owned")
        .setting("namespace", "roundtrips")
        .setting("near.enabled", "false")
        .start();
  }

  @Test
  void aMissIsThreeCommands() {
    try (TestRedis redis = TestRedis.start();
        RunningJvm application =
            Jvm.of(Products.class, redis, "plain").setting("near.enabled", "false").start()) {
      application.ask("1");
      Eventually.eventually("stored", () -> application.ask("0").equals(application.ask("1")));
      redis.commands().configResetstat();

      assertEquals("10", application.ask("10"));

      Eventually.eventually(
          "a look-up for each call, and two scripts for each miss, which read likewise",
          () -> {
            Map<String, Long> calls = callsByCommand(redis);
            return Long.valueOf(10 + 18).equals(calls.get("mget"))
                && Long.valueOf(18).equals(calls.get("evalsha"));
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"plain, true", "plain, false", "future, true", "future, false"})
  void afterOtherMissesTheLeaseIsAskedForTogetherWithTheEntry(String kind, boolean near)
      throws Exception {
    try (TestRedis redis = TestRedis.start();
        TcpProxy proxy = new TcpProxy(redis);
        RunningJvm application = justMissed(redis, proxy, kind, near)) {
      redis.commands().flushall();
      int runs = runs(application, 0);
      redis.commands().configResetstat();
      proxy.hangAnswers(true);

      application.send("1");

      Eventually.eventually(
          "a look-up and a script, which reads likewise, although nothing is answered",
          () -> {
            Map<String, Long> calls = callsByCommand(redis);
            return Long.valueOf(2).equals(calls.get("mget"))
                && Long.valueOf(1).equals(calls.get("evalsha"));
          });
      proxy.hangAnswers(false);
      application.awaitOut(Integer.toString(runs + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "future"})
  void alsoWhereRedisHasLostTheScript(String kind) throws Exception {
    try (TestRedis redis = TestRedis.start();
        TcpProxy proxy = new TcpProxy(redis);
        RunningJvm application = justMissed(redis, proxy, kind, true)) {
      redis.commands().flushall();
      int runs = runs(application, 0);
      redis.commands().scriptFlush();

      assertEquals(runs + 10, runs(application, 10));

      Eventually.eventually("only hits", () -> runs(application, 0) == runs(application, 10));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "future"})
  void aLeaseThatAHitDoesNotNeedIsGivenBack(String kind) throws Exception {
    try (TestRedis redis = TestRedis.start();
        TcpProxy proxy = new TcpProxy(redis);
        RunningJvm application = justMissed(redis, proxy, kind, false)) {
      int runs = runs(application, 0);
      redis.commands().configResetstat();
      proxy.hangBefore("EVALSHA");

      CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> runs(application, 1));
      Eventually.eventually(
          "looked up", () -> Long.valueOf(1).equals(callsByCommand(redis).get("mget")));
      redis.commands().flushall();
      proxy.hangBefore(null);

      assertEquals(runs, answer.get());
      Eventually.eventually(
          "one script has taken a lease, another has given it back",
          () ->
              Long.valueOf(2).equals(callsByCommand(redis).get("evalsha"))
                  && redis.commands().keys("*:~n").size() == 1
                  && redis.commands().keys("*:~l").isEmpty());
    }
  }

  /** One whose last ten calls were misses; what they loaded is stored. */
  private static RunningJvm justMissed(TestRedis redis, TcpProxy proxy, String kind, boolean near) {
    RunningJvm application =
        Jvm.of(Products.class, redis, kind)
            .setting("redis.uri", proxy.uri())
            .setting("redis.timeout", "1m")
            .setting("near.enabled", Boolean.toString(near))
            .start();
    Eventually.eventually("only hits", () -> runs(application, 0) == runs(application, 10));
    redis.commands().flushall();
    try (Beans beans = Beans.of(application)) {
      Eventually.eventually(
          "nothing is in memory", () -> (long) beans.get(Beans.AGENT, "NearEntries") == 0);
    }
    redis.commands().configResetstat();
    int runs = runs(application, 0);
    assertEquals(runs + 10, runs(application, 10));
    Eventually.eventually(
        "all are stored", () -> Long.valueOf(20).equals(callsByCommand(redis).get("evalsha")));
    return application;
  }

  private static int runs(RunningJvm application, int calls) {
    return Integer.parseInt(application.ask(Integer.toString(calls)));
  }

  @Test
  void aHitFromMemoryIsNoCommand() {
    try (TestRedis redis = TestRedis.start();
        RunningJvm application = Jvm.of(Products.class, redis, "owned").start()) {
      application.ask("10");
      aHitFromMemoryIsNoCommand(redis, application);
    }
  }

  private static void aHitFromMemoryIsNoCommand(TestRedis redis, RunningJvm application) {
    try (Beans beans = Beans.of(application)) {
      Eventually.eventually(
          "only near hits",
          () -> {
            long before = nearHits(beans);
            application.ask("100");
            return nearHits(beans) == before + 100;
          });
      redis.commands().configResetstat();

      application.ask("1000");

      Map<String, Long> calls = callsByCommand(redis);
      calls.remove("ping");
      assertEquals(Map.of(), calls);
    }
  }

  private static long nearHits(Beans beans) {
    return beans.count("com.acme.roundtrips.Products.owned(long)", "NearHits");
  }

  private static void assertHits(String kind, Map<String, Long> commands) {
    try (TestRedis redis = TestRedis.start();
        RunningJvm application =
            Jvm.of(Products.class, redis, kind).setting("near.enabled", "false").start()) {
      assertTrue(Integer.parseInt(application.ask("10")) >= 10);
      // Entries are written in the background.
      Eventually.eventually("only hits", () -> application.ask("0").equals(application.ask("100")));
      String runs = application.ask("100");
      redis.commands().configResetstat();

      assertEquals(runs, application.ask("1000"));

      assertEquals(commands, callsByCommand(redis));
    }
  }

  private static Map<String, Long> callsByCommand(TestRedis redis) {
    Map<String, Long> calls = new TreeMap<>();
    for (String line : redis.commands().info("commandstats").lines().toList()) {
      if (line.startsWith("cmdstat_") && !line.startsWith("cmdstat_config")) {
        calls.put(
            line.substring("cmdstat_".length(), line.indexOf(':')),
            Long.valueOf(line.substring(line.indexOf("calls=") + 6, line.indexOf(','))));
      }
    }
    return calls;
  }
}
