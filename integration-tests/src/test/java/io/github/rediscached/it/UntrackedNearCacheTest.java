package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.invalidation.Shop;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The near cache of JVMs whose user may not use {@code CLIENT TRACKING}. */
class UntrackedNearCacheTest {

  private static final TestRedis REDIS = TestRedis.start();

  /** May listen and publish. */
  private static final String LISTENING =
      REDIS.uriOf("listening", "secret", "~*", "&*", "+@all", "-client|tracking");

  /** May do neither. */
  private static final String DEAF =
      REDIS.uriOf("deaf", "secret", "~*", "resetchannels", "+@all", "-client|tracking");

  /** Is told by Redis, and may do neither, too. */
  private static final String TRACKING =
      REDIS.uriOf("tracking", "secret", "~*", "resetchannels", "+@all");

  @TempDir Path database;

  private final String namespace = TestRedis.newNamespace();
  private RunningJvm one;
  private RunningJvm two;

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @BeforeEach
  void start() {
    one = shop(LISTENING).start();
    two = shop(LISTENING).start();
    write("42", "10/ann");
  }

  @AfterEach
  void end() {
    one.close();
    two.close();
  }

  /** Only what is told ends a result before an hour. */
  private Jvm shop(String uri) {
    return shopOfDefaults(uri).setting("near.ttl", "1h");
  }

  private Jvm shopOfDefaults(String uri) {
    return Jvm.of(Shop.class, REDIS, database.toString())
        .setting("namespace", namespace)
        .setting("redis.uri", uri);
  }

  @ParameterizedTest
  @CsvSource({
    "products, byKey 42, setByKey 42 11",
    "tagged, byTag 42, setByTag 42 11",
    "owned, byOwner 42, ownerChanged ann",
    "many, byManyTags 42, partChanged 42 57",
    "tagged, byTag 42, allChanged",
    "owned, byOwner 42, allChanged",
    "products, byKey 42, fortiesChanged NAMESPACE",
    "products, byKey 42, put 42 11",
    "futures, future 42, setByTag 42 11",
    "futureOwned, futureByOwner 42, ownerChanged ann"
  })
  void whoChangesItSeesItAtOnceAndTheOthersSoon(String cache, String question, String change) {
    awaitNearHit(one, cache, question);
    awaitNearHit(two, cache, question);
    write("42", "11/ann");

    one.ask(change.replace("NAMESPACE", namespace));

    assertEquals("11", one.ask(question));
    eventually("told", () -> two.ask(question).equals("11"));
  }

  /** Also of a user who may not publish. */
  @ParameterizedTest
  @CsvSource({
    "products, byKey 42, setByKey 42 11",
    "owned, byOwner 42, ownerChanged ann",
    "owned, byOwner 42, allChanged",
    "products, byKey 42, fortiesChanged NAMESPACE",
    "products, byKey 42, put 42 11"
  })
  void whomRedisTellsAndWhomItDoesNotSeeEachOthersChanges(
      String cache, String question, String change) {
    two.close();
    two = shop(TRACKING).start();
    awaitNearHit(one, cache, question);
    awaitNearHit(two, cache, question);
    write("42", "11/ann");

    two.ask(change.replace("NAMESPACE", namespace));

    assertEquals("11", two.ask(question));
    eventually("no mark any more", () -> one.ask(question).equals("11"));
    awaitNearHit(one, cache, question);
    eventually("the same there", () -> two.ask(question).equals("11"));
    awaitNearHit(two, cache, question);
    write("42", "12/ann");

    one.ask(change.replace("NAMESPACE", namespace).replace("11", "12"));

    assertEquals("12", one.ask(question));
    eventually("told", () -> two.ask(question).equals("12"));
  }

  @Test
  void aJvmWithoutMemoryTellsTheOthersToo() {
    two.close();
    two = shop(LISTENING).setting("near.enabled", "false").start();
    awaitNearHit(one, "products", "byKey 42");

    two.ask("setByKey 42 11");

    eventually("told", () -> one.ask("byKey 42").equals("11"));
  }

  /** The entry has gone from Redis unnoticed, so no pattern finds it. */
  @Test
  void anEvictionByPatternAlsoConcernsWhatOnlyAnotherMemoryHas() {
    awaitNearHit(two, "products", "byKey 42");
    REDIS.commands().unlink(namespace + ":products:42");
    write("42", "11/ann");
    assertEquals("10", two.ask("byKey 42"), "nobody has told");

    one.ask("fortiesChanged " + namespace);

    eventually("told", () -> two.ask("byKey 42").equals("11"));
  }

  @Test
  void whatOtherProgramsChangeIsSeenWhenTheTimeInMemoryIsOver() {
    two.close();
    two = shop(LISTENING).setting("near.ttl", "2s").start();
    awaitNearHit(one, "tagged", "byTag 42");
    awaitNearHit(two, "tagged", "byTag 42");
    write("42", "11/ann");

    REDIS.commands().unlink(namespace + ":~t:product:42", namespace + ":~u");

    assertEquals("10", one.ask("byTag 42"), "nobody has told");
    eventually("over", () -> two.ask("byTag 42").equals("11"));
    // What it has stored replaces an entry.
    eventually("told", () -> one.ask("byTag 42").equals("11"));
  }

  @Test
  void whoIsCutOffFromRedisSoonGivesNothingFromMemory() throws Exception {
    try (TcpProxy proxy = new TcpProxy(REDIS);
        RunningJvm cut =
            shop(throughProxy(proxy))
                .setting("redis.timeout", "10s")
                .setting("redis.connect-timeout", "10s")
                .start()) {
      awaitNearHit(cut, "products", "byKey 42");
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
        RunningJvm cut = shop(throughProxy(proxy)).start()) {
      awaitNearHit(cut, "products", "byKey 42");
      proxy.refuse(true);
      proxy.reset();
      eventually("noticed", () -> nearEntries(cut) == 0);

      one.ask("setByKey 42 11");

      assertEquals("11", cut.ask("byKey 42"));
      proxy.refuse(false);
      awaitNearHit(cut, "products", "byKey 42");
      one.ask("setByKey 42 12");
      eventually("told again", () -> cut.ask("byKey 42").equals("12"));
    }
  }

  private static String throughProxy(TcpProxy proxy) {
    return proxy.uri().replace("://", "://listening:secret@");
  }

  @Test
  void aFullOrEmptiedRedisLeavesNothingOld() {
    awaitNearHit(one, "products", "byKey 42");
    write("42", "11/ann");

    REDIS.commands().unlink(namespace + ":~w", namespace + ":products:42");

    eventually("no mark any more", () -> one.ask("byKey 42").equals("11"));
  }

  @Test
  void theLogSaysWhoTells() {
    one.close();
    two.close();
    one = shopOfDefaults(LISTENING).start();
    two = shop(LISTENING).start();
    awaitNearHit(one, "products", "byKey 42");
    awaitNearHit(two, "products", "byKey 42");

    assertSays(one, "NOPERM", "JVMs tell each other", "`near.ttl` (10000 ms)");
    assertSays(two, "NOPERM", "JVMs tell each other", "`near.ttl` (3600000 ms)");
  }

  /** With no right to the channel, or to the commands. */
  @ParameterizedTest
  @ValueSource(strings = {"resetchannels", "&* -subscribe", "&* -publish"})
  void whereMessagesAreRefusedTooEachHitAsksRedis(String rights) {
    String rules = "reset on >secret ~* +@all -client|tracking " + rights;
    String uri = REDIS.uriOf("mute", "secret", rules.split(" "));
    try (RunningJvm far = shopOfDefaults(uri).start()) {
      assertEquals("10", far.ask("byKey 42"));
      try (Beans beans = Beans.of(far)) {
        eventually(
            "hits",
            () -> {
              far.ask("byKey 42");
              return beans.count("products", "RedisHits") > 3;
            });
        far.ask("setByKey 42 11");
        assertEquals("11", far.ask("byKey 42"));
        assertEquals("11", far.ask("byKey 42"));
        assertEquals(0, beans.count("products", "NearHits"));
        assertEquals(0, beans.count("products", "Errors"));
      }
      assertSays(far, "WARN ", "JVMs can't tell each other", "so every hit asks it");
    }
  }

  /** The user who may not listen still has the others told. */
  @Test
  void whoMayNotListenTellsTheOthersAllTheSame() {
    two.close();
    two = shop(DEAF).start();
    awaitNearHit(one, "products", "byKey 42");

    two.ask("setByKey 42 11");

    eventually("no mark any more", () -> one.ask("byKey 42").equals("11"));
  }

  /** Asks until the answer comes from memory. */
  private static void awaitNearHit(RunningJvm jvm, String cache, String question) {
    // Else there is no such cache yet.
    jvm.ask(question);
    Beans.awaitNearHit(jvm, cache, question);
  }

  private static void assertSays(RunningJvm jvm, String... parts) {
    List<String> said =
        jvm.soFar().log().stream()
            .filter(line -> line.contains("does not tell of changes"))
            .toList();
    assertEquals(1, said.size(), said::toString);
    for (String part : parts) {
      assertTrue(said.get(0).contains(part), said.get(0));
    }
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
