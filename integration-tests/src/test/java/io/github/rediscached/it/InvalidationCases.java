package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.invalidation.Shop;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two JVMs on one Redis: what one changes, the other sees on its next call. For each kind of Redis
 * there is a class with these tests.
 */
abstract class InvalidationCases {
  @TempDir Path database;

  final String namespace = TestRedis.newNamespace();
  RunningJvm one;
  RunningJvm two;

  @BeforeEach
  void start() {
    one = shop().start();
    two = shop().start();
    write("42", "10/ann");
    write("43", "20/bob");
  }

  @AfterEach
  void end() {
    one.close();
    two.close();
  }

  @Test
  void aKey() {
    cachedIn("byKey 42", "10");
    cachedIn("byKey 43", "20");

    one.ask("setByKey 42 11");

    assertEquals("11", two.ask("byKey 42"));
    assertEquals("11", one.ask("byKey 42"));
    write("43", "21");
    assertEquals("20", two.ask("byKey 43"), "the other entry stays");
  }

  @Test
  void aKeyOfAllArguments() {
    cachedIn("byKey 42", "10");
    write("42", "11");

    assertEquals("true", one.ask("forget 42"));

    assertEquals("11", two.ask("byKey 42"));
  }

  @Test
  void alsoByAJvmThatCachesNothingItself() {
    cachedIn("byKey 42", "10");

    try (RunningJvm off = shop().setting("enabled", "false").start()) {
      assertEquals("done", off.ask("setByKey 42 11"));
      assertEquals("11", two.ask("byKey 42"));
    }
  }

  @Test
  void aTagFromTheArguments() {
    cachedIn("byTag 42", "10");
    cachedIn("byTag 43", "20");

    assertEquals("2", one.ask("setByTag 42 11"));

    assertEquals("11", two.ask("byTag 42"));
    write("43", "21");
    assertEquals("20", two.ask("byTag 43"), "the other entry stays");
  }

  @Test
  void aTagFromTheResult() {
    cachedIn("byOwner 42", "10");
    cachedIn("byOwner 43", "20");
    write("42", "11/ann");
    write("43", "21/bob");

    one.ask("ownerChanged ann");

    assertEquals("11", two.ask("byOwner 42"));
    assertEquals("20", two.ask("byOwner 43"), "the other owner's entry stays");
  }

  @Test
  void anyOfAHundredTags() {
    for (int part : new int[] {0, 57, 99}) {
      write("42", part + "");
      one.ask("partChanged 42 " + part);
      cachedIn("byManyTags 42", part + "");
    }
  }

  @Test
  void anyOfAThousandTags() {
    cachedIn("byVeryManyTags 42", "10");
    write("42", "11/ann");

    one.ask("partChanged 42 999");

    assertEquals("11", two.ask("byVeryManyTags 42"));
  }

  @Test
  void anyNumberOfTagsIsInvalidated() {
    cachedIn("byManyTags 42", "10");
    write("42", "11/ann");

    assertEquals("done", one.ask("allPartsChanged 42"));

    assertEquals("11", two.ask("byManyTags 42"));
  }

  @Test
  void whatHasMoreTagsIsNotStoredAndSaysSo() {
    for (String price : List.of("10", "11", "12")) {
      write("42", price);
      assertEquals(price, one.ask("byTooManyTags 42"));
      assertEquals(price, one.ask("byTooManyTagsOfArguments 42"));
    }
    String products = "com.acme.invalidation.Products.";
    assertTooManyTagsSaidOnce(products + "byTooManyTags(java.lang.String): results are not stored");
    assertTooManyTagsSaidOnce(
        products + "byTooManyTagsOfArguments(java.lang.String): calls run uncached");
    try (Beans beans = Beans.of(one)) {
      assertEquals(3L, beans.get(Beans.cache("toomany"), "NotStored"));
      assertEquals(0L, beans.get(Beans.cache("toomany"), "Errors"));
      assertEquals(3L, beans.get(Beans.cache("toomanyofarguments"), "Bypasses"));
    }
  }

  private void assertTooManyTagsSaidOnce(String beginning) {
    String line =
        beginning
            + ": `tags` yields 1001 tags, and an entry has at most 1000, since Redis looks at all"
            + " of them on each look-up. Use fewer tags, each for more, or evict the whole cache"
            + " (`allEntries`).";
    assertEquals(1, one.soFar().err().stream().filter(said -> said.endsWith(line)).count(), line);
  }

  @Test
  void wholeCachesAndNoOther() {
    cachedIn("byTag 42", "10");
    cachedIn("byOwner 42", "10");
    cachedIn("byKey 42", "10");
    write("42", "11/ann");

    one.ask("allChanged");

    assertEquals("11", two.ask("byTag 42"));
    assertEquals("11", two.ask("byOwner 42"));
    assertEquals("10", two.ask("byKey 42"));
  }

  @Test
  void aKeyPattern() {
    cachedIn("byKey 42", "10");
    cachedIn("byKey 43", "20");
    write("7", "30/cy");
    cachedIn("byKey 7", "30");
    write("42", "11");
    write("43", "21");
    write("7", "31");

    one.ask("fortiesChanged " + namespace);

    assertEquals("11", two.ask("byKey 42"));
    assertEquals("21", two.ask("byKey 43"));
    assertEquals("30", two.ask("byKey 7"));
  }

  @Test
  void aPutIsSeenAtOnceAndOneThatIsNotStoredEvicts() {
    cachedIn("byKey 42", "10");

    assertEquals("11", one.ask("put 42 11"));
    write("42", "12");
    assertEquals("11", two.ask("byKey 42"), "what was put, not what the database has");

    assertEquals("", one.ask("put 42 "));
    assertEquals("", two.ask("byKey 42"));
  }

  @Test
  void conditionsAndExceptions() {
    cachedIn("byKey 42", "10");
    write("42", "11");

    one.ask("evictIfLarge 42 10");
    one.ask("evictAndFail 42");
    assertEquals("10", two.ask("byKey 42"));

    one.ask("evictIfLarge 42 11");
    assertEquals("11", two.ask("byKey 42"));

    write("42", "12");
    assertEquals("threw java.lang.IllegalStateException: expected", one.ask("evictOnFailure 42"));
    assertEquals("12", two.ask("byKey 42"));

    write("42", "13");
    one.ask("evictBefore 42");
    assertEquals("13", two.ask("byKey 42"));
  }

  @Test
  void rulesInTheFileEvictAsAnnotationsDo() {
    one.close();
    one =
        shop()
            .yaml(
                """
                evictions:
                  - method: com.acme.invalidation.Store.write(String, String)
                    cache: products
                    key: "#p0"
                  - method: com.acme.invalidation.Store.write(..)
                    tags: "owner:#{#value}"
                """)
            .start();
    cachedIn("byKey 42", "10");
    cachedIn("byOwner 43", "20");

    one.ask("write 42 11/ann");
    assertEquals("11", two.ask("byKey 42"));

    write("43", "21/bob");
    assertEquals("20", two.ask("byOwner 43"));
    one.ask("write 7 bob");
    assertEquals("21", two.ask("byOwner 43"));
  }

  @Test
  void manyThreadsOnAColdKeyAreOneLoad() {
    try (Beans beans = Beans.of(one)) {
      assertTrue(one.ask("slow warm-up 1").startsWith("1 "));
      beans.invoke(Beans.cache("slow"), "resetStatistics");
      String answer = one.ask("slow a 64");

      assertEquals("1", answer.split(" ", -1)[0], "different results");
      assertEquals("1", loads("slow-a"));
      assertEquals(63, beans.count("slow", "Hits"));
      assertWaitsAreNoTimeOfRedis(beans);
    }
  }

  /** The load takes 300 ms, a look-up in Redis some tenths of one. */
  private static void assertWaitsAreNoTimeOfRedis(Beans beans) {
    assertTrue(beans.count("slow", "CoalescedHits") > 0);
    assertTrue((double) beans.get(Beans.cache("slow"), "AverageHitMicros") < 100_000);
  }

  @Test
  void manyThreadsOfTwoJvmsOnAColdKeyAreOneLoad() {
    try (Beans ofOne = Beans.of(one);
        Beans ofTwo = Beans.of(two)) {
      for (RunningJvm jvm : List.of(one, two)) {
        assertTrue(jvm.ask("slow warm-up 1").startsWith("1 "));
      }
      ofOne.invoke(Beans.cache("slow"), "resetStatistics");
      ofTwo.invoke(Beans.cache("slow"), "resetStatistics");
      int oneHeard = one.soFar().out().size();
      int twoHeard = two.soFar().out().size();
      one.send("slow a 32");
      two.send("slow a 32");

      one.awaitAnswers(oneHeard + 1);
      two.awaitAnswers(twoHeard + 1);
      assertTrue(one.soFar().out().get(oneHeard).startsWith("1 "), "different results");
      assertTrue(two.soFar().out().get(twoHeard).startsWith("1 "), "different results");
      assertEquals("1", loads("slow-a"));
      assertEquals(63, ofOne.count("slow", "Hits") + ofTwo.count("slow", "Hits"));
      assertWaitsAreNoTimeOfRedis(ofOne);
      assertWaitsAreNoTimeOfRedis(ofTwo);
    }
  }

  @Test
  void whoWaitsForAFailureGoesOnAtOnceAndGetsAnExceptionOfHisOwn() {
    one.close();
    one = shop().setting("load-wait", "1m").start();

    String[] answer = one.ask("failing a 16").split(" ", -1);

    assertEquals("16", answer[0], "different exceptions");
    assertTrue(Integer.parseInt(answer[1]) < 30_000, answer[1] + " ms for two loads of 200 ms");
  }

  @Test
  void recursionAndCrosswiseCallsDoNotWaitForThemselves() {
    one.close();
    one = shop().setting("load-wait", "1m").start();
    assertEquals("a!", one.ask("recursive a"));
    long start = System.nanoTime();
    assertTrue(one.ask("crosswise a b").matches("a.* b.*"));
    assertTrue(System.nanoTime() - start < 30_000_000_000L, "waited for each other");
  }

  @Test
  void aWaitHasItsLimitAlsoWhereTheLoaderIsGone() {
    one.close();
    one = shop().setting("load-wait", "200ms").start();
    RunningJvm dying = shop().start();
    dying.send("slow a 1");
    eventually("it loads", () -> loads("slow-a").equals("1"));
    dying.close();

    assertTrue(one.ask("slow a 1").startsWith("1 "));
    assertEquals("2", loads("slow-a"));
    eventually("its result is stored", () -> noLoadFor("slow a 1", "slow-a"));
  }

  private boolean noLoadFor(String question, String log) {
    String before = loads(log);
    two.ask(question);
    return loads(log).equals(before);
  }

  @Test
  void anOldEntryIsLoadedAnewInTheBackgroundOnce() {
    write("r", "old");
    assertEquals("old", one.ask("refreshed r"));
    write("r", "new");

    eventually("the new value", () -> one.ask("refreshed r").equals("new"));
    eventually("also in the other JVM", () -> two.ask("refreshed r").equals("new"));
  }

  @Test
  void anExpiredEntryServesWhereTheMethodThrowsUnlessItWasInvalidated() {
    write("s", "good");
    write("n", "17");
    assertEquals("good", one.ask("staleOnError s"));
    assertEquals("17", one.ask("staleNumber n"));
    write("s", "broken");
    write("n", "no number");

    eventually("stale", () -> two.ask("staleOnError s").equals("good"));
    eventually("stale", () -> two.ask("staleNumber n").equals("17"));
    try (Beans beans = Beans.of(two)) {
      assertTrue((long) beans.get(Beans.cache("stale"), "StaleServed") >= 2);
      beans.invoke(Beans.cache("stale"), "clear");
    }
    assertEquals("threw java.lang.IllegalStateException: expected", two.ask("staleOnError s"));
  }

  /** Both JVMs answer from the cache. */
  void cachedIn(String question, String answer) {
    for (RunningJvm jvm : List.of(one, two)) {
      assertEquals(answer, jvm.ask(question));
    }
    String id = question.split(" ", -1)[1];
    eventually("cached", () -> isCached(question, id));
  }

  private boolean isCached(String question, String id) {
    String before = loads("load-" + id);
    one.ask(question);
    two.ask(question);
    return loads("load-" + id).equals(before);
  }

  /** Changes the database and tells nobody. */
  void write(String name, String value) {
    two.ask("write " + name + " " + value);
  }

  String loads(String name) {
    return two.ask("loads " + name);
  }

  @Test
  void operatorsInvalidateThroughJmx() {
    cachedIn("byTag 42", "10");
    cachedIn("byKey 42", "10");
    write("42", "11");
    try (Beans beans = Beans.of(one)) {
      beans.invoke(Beans.AGENT, "invalidateTag", "product:42");
      assertEquals("11", two.ask("byTag 42"));
      write("42", "12");
      assertEquals("11", two.ask("byTag 42"));
      beans.invoke(Beans.cache("tagged"), "clear");
      assertEquals("12", two.ask("byTag 42"));
      assertEquals(
          1L, beans.invoke(Beans.AGENT, "invalidatePattern", namespace + ":products:4[0-9]"));
      assertEquals("12", two.ask("byKey 42"));
      write("42", "13");
      beans.invoke(Beans.AGENT, "clearAll");
      assertEquals("13", two.ask("byKey 42"));
      assertEquals("13", two.ask("byTag 42"));
      assertEquals(0L, beans.get(Beans.REDIS, "PendingInvalidations"));
    }
  }

  /** The application, with settings for its Redis. */
  abstract Jvm shop();

  /** In this namespace; with a near cache the other JVM would see it only milliseconds later. */
  final Jvm shop(String uri) {
    return Jvm.of(Shop.class, database.toString())
        .setting("redis.uri", uri)
        .setting("redis.timeout", "5s")
        .setting("redis.connect-timeout", "20s")
        .setting("namespace", namespace)
        .setting("near.enabled", "false");
  }
}
