package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.invalidation.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What two JVMs on one Redis answer from their memory. */
class NearCacheTest {

  private static final TestRedis REDIS = TestRedis.shared();

  @TempDir Path database;

  private final String namespace = TestRedis.newNamespace();
  private RunningJvm one;
  private RunningJvm two;

  @BeforeEach
  void start() {
    one = shop().start();
    two = shop().start();
    write("42", "10/ann");
  }

  @AfterEach
  void end() {
    one.close();
    two.close();
  }

  private Jvm shop() {
    return Jvm.of(Shop.class, REDIS, database.toString()).setting("namespace", namespace);
  }

  @ParameterizedTest
  @CsvSource({
    "products, byKey 42, 10",
    "tagged, byTag 42, 10",
    "owned, byOwner 42, 10",
    "many, byManyTags 42, 10",
    "names, names 42, [10/ann]",
    "numbers, sum a, 101",
    "squares, square -7, 49",
    "failures, fails 42, threw java.lang.IllegalArgumentException: 42",
    "futures, future 42, 10",
    "futureOwned, futureByOwner 42, 10",
    "futureNames, futureNames 42, [10/ann]",
    "futureFailures, futureFails 42, threw java.util.concurrent.CompletionException:"
        + " java.lang.IllegalArgumentException: 42"
  })
  void whatIsAskedForAgainIsAnsweredFromMemory(String cache, String question, String answer) {
    try (Beans beans = nearHits(one, cache, question, answer)) {
      long redisHits = beans.count(cache, "RedisHits");
      long nearHits = beans.count(cache, "NearHits");

      for (int i = 0; i < 10; i++) {
        assertEquals(answer, one.ask(question));
      }

      assertEquals(redisHits, beans.count(cache, "RedisHits"));
      assertEquals(nearHits + 10, beans.count(cache, "NearHits"));
      assertEquals(nearHits + 10 + redisHits, beans.count(cache, "Hits"));
      assertTrue((long) beans.get(Beans.AGENT, "NearBytes") > 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "byKey 42, setByKey 42 11",
    "byTag 42, setByTag 42 11",
    "byOwner 42, ownerChanged ann",
    "byManyTags 42, partChanged 42 57",
    "byTag 42, allChanged",
    "byOwner 42, allChanged",
    "byKey 42, fortiesChanged NAMESPACE",
    "byKey 42, put 42 11",
    "future 42, setByTag 42 11",
    "futureByOwner 42, ownerChanged ann",
    "futureByOwner 42, allChanged"
  })
  void whoChangesItSeesItAtOnceAndTheOtherSoon(String question, String change) {
    for (RunningJvm jvm : new RunningJvm[] {one, two}) {
      nearHits(jvm, cacheOf(question), question, "10").close();
    }
    write("42", "11/ann");

    one.ask(change.replace("NAMESPACE", namespace));

    assertEquals("11", one.ask(question));
    eventually("told by Redis", () -> two.ask(question).equals("11"));
  }

  /** A time for where Redis does not tell has no meaning where it does. */
  @Test
  void alsoWhatNamesNoTagIsTracked() {
    one.close();
    one = shop().setting("near.ttl", "1h").start();
    write("e", "");
    nearHits(one, "perhaps", "perhaps e", "").close();
    nearHits(two, "perhaps", "perhaps e", "").close();
    write("e", "now");

    REDIS.commands().unlink(namespace + ":perhaps:e");

    eventually("told by Redis", () -> one.ask("perhaps e").equals("now"));
    eventually("told by Redis", () -> two.ask("perhaps e").equals("now"));
  }

  @Test
  void aFlushOfRedisIsSeen() {
    try (TestRedis redis = TestRedis.start();
        RunningJvm jvm = Jvm.of(Shop.class, redis, database.toString()).start()) {
      nearHits(jvm, "products", "byKey 42", "10").close();
      write("42", "11/ann");

      redis.commands().flushall();

      eventually("gone", () -> jvm.ask("byKey 42").equals("11"));
    }
  }

  @Test
  void nobodySeesWhatAnotherCallerDoesToItsResult() {
    nearHits(one, "names", "names 42", "[10/ann]").close();

    // The first hit is decoded, those after it are copied.
    for (int i = 0; i < 3; i++) {
      one.ask("addName 42");
      assertEquals("[10/ann]", one.ask("names 42"));
    }
  }

  @Test
  void norToTheFutureOfItsCall() {
    nearHits(one, "futureNames", "futureNames 42", "[10/ann]").close();
    nearHits(one, "futures", "future 42", "10").close();

    for (int i = 0; i < 3; i++) {
      one.ask("addFutureName 42");
      one.ask("ruinFuture 42");
      assertEquals("[10/ann]", one.ask("futureNames 42"));
      assertEquals("10", one.ask("future 42"));
    }
  }

  @Test
  void unlessItIsAskedFor() {
    nearHits(one, "shared", "shared 42", "[10/ann]").close();

    one.ask("addShared 42");

    assertEquals("[10/ann, changed]", one.ask("shared 42"));
  }

  @Test
  void aMethodMayDoWithoutIt() {
    try (Beans beans = Beans.of(one)) {
      eventually("hit", () -> hits(beans, "far", "far 42") > 1);
      one.ask("far 42");
      assertEquals(0, beans.count("far", "NearHits"));
    }
  }

  @Test
  void aJvmMayDoWithoutIt() {
    one.close();
    one = shop().setting("near.enabled", "false").start();
    write("42", "10");
    try (Beans beans = Beans.of(one)) {
      eventually("hit", () -> hits(beans, "products", "byKey 42") > 1);
      one.ask("byKey 42");
      assertEquals(0, beans.count("products", "NearHits"));
    }
  }

  @Test
  void aShortTimeInMemoryIsBoundedByItself() {
    try (Beans beans = nearHits(one, "brief", "brief 42", "10/ann")) {
      long redisHits = beans.count("brief", "RedisHits");

      eventually(
          "asked Redis again",
          () -> {
            one.ask("brief 42");
            return beans.count("brief", "RedisHits") > redisHits;
          });
    }
  }

  @Test
  void nothingOutlivesItsTimeInRedis() {
    assertEquals("10/ann", one.ask("shortLived 42"));
    write("42", "11/ann");

    // Asked for all the time, so that it is in memory when its time ends.
    eventually("over", () -> one.ask("shortLived 42").equals("11/ann"));
  }

  @Test
  void whatLetsTheAgentBeSwitchedOffLeavesNothingToMemory() {
    try (Beans beans = nearHits(one, "products", "byKey 42", "10")) {
      write("42", "11/ann");
      beans.set(Beans.AGENT, "Enabled", false);
      assertEquals("11", one.ask("byKey 42"));
    }
  }

  @Test
  void whoIsCutOffFromRedisSoonGivesNothingFromMemory() throws Exception {
    try (TcpProxy proxy = new TcpProxy(REDIS);
        RunningJvm cut =
            shop()
                .setting("redis.uri", proxy.uri())
                .setting("redis.timeout", "10s")
                .setting("redis.connect-timeout", "10s")
                .start()) {
      nearHits(cut, "products", "byKey 42", "10").close();
      proxy.hang(true);

      one.ask("setByKey 42 11");

      try (Beans beans = Beans.of(cut)) {
        eventually(
            "looked for in Redis",
            () -> {
              long before = beans.count("products", "NearHits");
              cut.send("byKey 42");
              return beans.count("products", "NearHits") == before;
            });
      }
    }
  }

  @Test
  void whoLosesItsConnectionKnowsNothingAnyMore() throws Exception {
    try (TcpProxy proxy = new TcpProxy(REDIS);
        RunningJvm cut = shop().setting("redis.uri", proxy.uri()).start()) {
      nearHits(cut, "products", "byKey 42", "10").close();
      proxy.refuse(true);
      proxy.reset();
      eventually("noticed", () -> nearEntries(cut) == 0);

      one.ask("setByKey 42 11");

      assertEquals("11", cut.ask("byKey 42"));
      proxy.refuse(false);
      nearHits(cut, "products", "byKey 42", "11").close();
    }
  }

  @Test
  void theMemoryIsBounded() {
    one.close();
    one = shop().setting("near.max-size", "100KB").start();
    one.ask("fill 2000");
    one.ask("fill 2000");
    try (Beans beans = Beans.of(one)) {
      long bytes = (long) beans.get(Beans.AGENT, "NearBytes");
      assertTrue(bytes > 50_000 && bytes <= 100 << 10, bytes + " bytes");
      assertTrue(nearEntries(one) > 100, nearEntries(one) + " entries");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-client|tracking", "-client +client|tracking"})
  void whereRedisDoesNotTellOfChangesOnlyABoundedTimeIsAllowed(String rights) {
    try (TestRedis redis = TestRedis.start()) {
      String uri = deaf(redis, rights);
      try (RunningJvm far = shop().setting("redis.uri", uri).start();
          RunningJvm brief = shop().setting("redis.uri", uri).setting("near.ttl", "10s").start()) {
        assertEquals("10", far.ask("byKey 42"));
        try (Beans beans = Beans.of(far)) {
          eventually("hit", () -> hits(beans, far, "products", "byKey 42") > 3);
          assertEquals(0, beans.count("products", "NearHits"));
        }
        nearHits(brief, "products", "byKey 42", "10").close();
        assertEquals(1, saysOfChanges(far, "WARN Redis at ", "so every hit asks it"));
        assertEquals(1, saysOfChanges(brief, "Redis at ", "`near.ttl` (10000 ms)"));
      }
    }
  }

  /** The key of what is in memory may have gone, and then no pattern finds it. */
  @Test
  void whereRedisDoesNotTellOfChangesAnEvictionByPatternConcernsTheOwnMemoryAtOnce() {
    try (TestRedis redis = TestRedis.start();
        RunningJvm own =
            shop()
                .setting("redis.uri", deaf(redis, "-client|tracking"))
                .setting("near.ttl", "1h")
                .start()) {
      nearHits(own, "products", "byKey 42", "10").close();
      redis.commands().unlink(namespace + ":products:42");
      write("42", "11/ann");
      assertEquals("10", own.ask("byKey 42"), "nobody has told");

      own.ask("fortiesChanged " + namespace);

      assertEquals("11", own.ask("byKey 42"));
    }
  }

  /** Of a user whom this Redis tells of no changes. */
  private static String deaf(TestRedis redis, String rights) {
    return redis.uriOf("deaf", "secret", ("~* +@all " + rights).split(" "));
  }

  private static long saysOfChanges(RunningJvm jvm, String beginning, String follows) {
    return jvm.soFar().log().stream()
        .filter(line -> line.startsWith(beginning))
        .filter(line -> line.contains("does not tell of changes") && line.contains(follows))
        .count();
  }

  @Test
  void aUserWithTheRightsOfTheManualIsDeniedNothing() throws Exception {
    try (TestRedis redis = TestRedis.start()) {
      Jvm shop =
          shop()
              .setting("namespace", "shop")
              .setting("redis.uri", redis.uriOf("app", "password", rightsOfTheManual()));
      try (RunningJvm here = shop.start();
          RunningJvm there = shop.start()) {
        for (String question :
            List.of(
                "setByKey 42 10",
                "byKey 42",
                "byTag 42",
                "byOwner 42",
                "byManyTags 42",
                "future 42",
                "futureByOwner 42",
                "refreshed 42",
                "staleOnError 42",
                "put 42 10",
                "setByTag 42 10",
                "ownerChanged ann",
                "partChanged 42 57",
                "fortiesChanged shop",
                "allChanged")) {
          here.ask(question);
        }
        there.send("slow 42 4");
        here.ask("slow 42 4");
        nearHits(here, "products", "byKey 42", "10").close();
        try (Beans beans = Beans.of(here)) {
          assertEquals(true, beans.get(Beans.REDIS, "Connected"));
          assertFalse(((String) beans.get(Beans.REDIS, "ServerVersion")).isEmpty());
        }
        eventually(
            "asked for a sign of life",
            () -> {
              here.ask("byKey 42");
              return redis.commands().info("commandstats").contains("cmdstat_ping:");
            });

        assertEquals(List.of(), redis.commands().aclLog());
        assertEquals(List.of(), here.soFar().log());
      }
    }
  }

  /** Only the scripts use {@code SET}. */
  @Test
  void aRightThatIsMissingInsideAScriptPointsToTheManual() throws Exception {
    try (TestRedis redis = TestRedis.start()) {
      List<String> rights = new ArrayList<>(List.of(rightsOfTheManual()));
      assertTrue(rights.remove("+set"));
      try (RunningJvm jvm =
          shop()
              .setting("namespace", "shop")
              .setting("redis.uri", redis.uriOf("app", "password", rights.toArray(new String[0])))
              .start()) {
        assertEquals("10", jvm.ask("byKey 42"));
        eventually(
            "it is said",
            () ->
                jvm.soFar().log().stream()
                    .anyMatch(
                        line ->
                            line.endsWith(
                                "Methods run uncached where it fails. Give the user of `redis.uri`"
                                    + " the rights that docs/redis.md lists. JConsole"
                                    + " shows how often: Redis/Errors.")));
      }
    }
  }

  private static String[] rightsOfTheManual() throws IOException {
    Matcher command =
        Pattern.compile("`ACL SETUSER app on >password ([^`]+)`")
            .matcher(Files.readString(Path.of("../docs/redis.md")));
    assertTrue(command.find());
    return command.group(1).split(" ");
  }

  private static String cacheOf(String question) {
    return switch (question.substring(0, question.indexOf(' '))) {
      case "byKey" -> "products";
      case "byTag" -> "tagged";
      case "byOwner" -> "owned";
      case "future" -> "futures";
      case "futureByOwner" -> "futureOwned";
      default -> "many";
    };
  }

  /** Asks until the answer comes from memory. */
  private static Beans nearHits(RunningJvm jvm, String cache, String question, String answer) {
    assertEquals(answer, jvm.ask(question));
    Beans beans = Beans.of(jvm);
    eventually(
        "a near hit",
        () -> {
          assertEquals(answer, jvm.ask(question));
          return beans.count(cache, "NearHits") > 0;
        });
    return beans;
  }

  private long hits(Beans beans, String cache, String question) {
    return hits(beans, one, cache, question);
  }

  private static long hits(Beans beans, RunningJvm jvm, String cache, String question) {
    jvm.ask(question);
    return beans.count(cache, "Hits");
  }

  private static long nearEntries(RunningJvm jvm) {
    try (Beans beans = Beans.of(jvm)) {
      return (long) beans.get(Beans.AGENT, "NearEntries");
    }
  }

  /** Changes the database and tells nobody. */
  private void write(String id, String value) {
    one.ask("write " + id + " " + value);
  }
}
