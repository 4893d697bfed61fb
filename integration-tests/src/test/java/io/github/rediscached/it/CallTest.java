package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.calls.Calls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a cached call does while Redis is well. The application's answers end with the number of
 * times that the method has run. One JVM for all tests: each has its own caches.
 */
class CallTest {

  private static final String NAMESPACE = TestRedis.newNamespace();
  private static final TestRedis REDIS = TestRedis.shared();
  private static RunningJvm jvm;
  private static Beans beans;

  @BeforeAll
  static void start() {
    jvm =
        Jvm.of(Calls.class, REDIS)
            .setting("namespace", NAMESPACE)
            .setting("defaults.ttl", "50s")
            .setting("defaults.ttl-jitter", "20%")
            .setting("defaults.max-value-size", "10KB")
            // What the tests do to Redis is to be seen on the very next call.
            .setting("near.enabled", "false")
            .start();
    jvm.ask("plain first");
    beans = Beans.of(jvm);
  }

  @AfterAll
  static void end() {
    beans.close();
    jvm.close();
  }

  @Test
  void entriesLiveForTheirTtlLessTheJitter() {
    assertLives(livesOf("ttl", "ttl"), 80_000, 100_000);
  }

  @Test
  void entriesWithoutTtlOfTheirOwnLiveForTheDefaultOne() {
    assertLives(livesOf("defaultTtl", "default-ttl"), 40_000, 50_000);
  }

  /** In milliseconds, of twenty entries, each looked at as soon as it is there. */
  private static List<Long> livesOf(String command, String cache) {
    List<Long> lives = new ArrayList<>();
    for (int id = 0; id < 20; id++) {
      jvm.ask(command + " " + id);
      String key = key(cache, Integer.toString(id));
      eventually(key, () -> REDIS.commands().exists(key) == 1);
      lives.add(REDIS.commands().pttl(key));
    }
    return lives;
  }

  /** They differ by more than what may have passed until we looked at them. */
  private static void assertLives(List<Long> lives, long shortest, long longest) {
    long slack = 1_000;
    assertTrue(Collections.max(lives) <= longest, lives.toString());
    assertTrue(Collections.min(lives) > shortest - slack, lives.toString());
    assertTrue(Collections.max(lives) - Collections.min(lives) > slack, lives.toString());
  }

  @Test
  void anExpiredEntryIsMadeAnew() {
    jvm.ask("expiring 1");
    eventually("it runs again", () -> !jvm.ask("expiring 1").equals("expiring-1 #1"));

    assertTrue(jvm.soFar().out().contains("expiring-1 #2"));
  }

  @Test
  void methodsThatShareAnEntryStillReturnTheirOwnTypes() {
    for (int round = 0; round < 3; round++) {
      assertEquals("text-5 #1", jvm.ask("sharedText 5"));
      assertEquals("5 #1", jvm.ask("sharedNumber 5"));
    }
    // A null that a method with another type has stored is none for a primitive.
    jvm.ask("sharedNothing 6");
    assertEquals("6 #2", jvm.ask("sharedNumber 6"));
    assertEquals("6 #2", jvm.ask("sharedNumber 6"));
  }

  @Test
  void theMethodsExceptionPassesThroughUntouchedAndIsNotCached() {
    assertEquals("the same first #1", jvm.ask("failing first"));
    assertEquals("the same second #2", jvm.ask("failing second"));
    assertEquals(List.of(), REDIS.entries(NAMESPACE + ":failing:*"));
  }

  @Test
  void failuresAfterAMissAreCounted() {
    jvm.ask("missingForOtherReasons 100");
    long before = beans.count("missing", "LoadFailures");
    jvm.ask("missingForOtherReasons 100");
    jvm.ask("missingForOtherReasons 100");

    assertEquals(before + 2, beans.count("missing", "LoadFailures"));
  }

  @Test
  void anExceptionThatIsToBeCachedIsThrownAgainWithoutARun() {
    String name = "com.acme.calls.NoSuchProductException";
    String first = jvm.ask("missing 1");
    String second = jvm.ask("missing 1");
    String sold = jvm.ask("sold 2");
    String soldAgain = jvm.ask("sold 2");
    String other = jvm.ask("missingForOtherReasons 3");
    String otherAgain = jvm.ask("missingForOtherReasons 3");

    assertEquals("the same " + name + ": no product 1 1", withoutRuns(first));
    assertEquals("an equal " + name + ": no product 1 1", withoutRuns(second));
    assertEquals(runs(first), runs(second));
    assertEquals("an equal " + name + "$Sold: no product 2 2", withoutRuns(soldAgain));
    assertEquals(runs(sold), runs(soldAgain));
    assertEquals("the same java.io.IOException: disk", withoutRuns(otherAgain));
    assertEquals(runs(other) + 1, runs(otherAgain));
  }

  @Test
  void nullIsAResultLikeAnyOther() {
    assertEquals("null #1", jvm.ask("nothing 1"));
    assertEquals("null #1", jvm.ask("nothing 1"));
  }

  @Test
  void nullIsNotStoredWhereThatWasSaid() {
    assertEquals("null #1", jvm.ask("nothingNotStored 1"));
    assertEquals("null #2", jvm.ask("nothingNotStored 1"));
    assertEquals(List.of(), REDIS.entries(NAMESPACE + ":no-null:*"));
  }

  @Test
  void aCallThatItsConditionExcludesIsNeitherLookedUpNorStored() {
    assertEquals("conditional-5 #1", jvm.ask("conditional 5"));
    assertEquals("conditional-5 #2", jvm.ask("conditional 5"));
    assertEquals("conditional-50 #3", jvm.ask("conditional 50"));
    assertEquals("conditional-50 #3", jvm.ask("conditional 50"));

    assertEquals(
        List.of(key("conditional", "50")), REDIS.commands().keys(NAMESPACE + ":conditional:*"));
    assertEquals(2, beans.count("conditional", "Bypasses"));
    assertEquals(2, beans.count("conditional", "Requests"));
  }

  @Test
  void aResultThatUnlessExcludesIsNotStored() {
    assertEquals("longer than five #1", jvm.ask("unless longer than five"));
    assertEquals("longer than five #2", jvm.ask("unless longer than five"));
    assertEquals("short #3", jvm.ask("unless short"));
    assertEquals("short #3", jvm.ask("unless short"));

    assertEquals(List.of(key("unless", "short")), REDIS.commands().keys(NAMESPACE + ":unless:*"));
  }

  @Test
  void aResultOfWhichUnlessOrTagsFailIsNotStoredButCountedAndSaidOnce() {
    assertEquals("null #1", jvm.ask("unlessFails 1"));
    assertEquals("null #2", jvm.ask("unlessFails 1"));
    assertEquals("null #1", jvm.ask("tagsFail 1"));
    assertEquals("null #2", jvm.ask("tagsFail 1"));

    assertEquals(2, beans.count("unless-fails", "NotStored"));
    assertEquals(2, beans.count("tags-fail", "NotStored"));
    jvm.ask("putFails 1");
    assertEquals(1, beans.count("put-fails", "NotStored"));
    assertSaidOnce("com.acme.calls.Catalogue.unlessFails(int)", "results are not stored: `unless`");
    assertSaidOnce("com.acme.calls.Catalogue.tagsFail(int)", "results are not stored: `tags`");
    assertSaidOnce("com.acme.calls.Catalogue.putFails(int)", "evicts instead of storing: `unless`");
  }

  @Test
  void anExplicitKeyIsTheKey() {
    assertEquals("ada (glad) 3 #1", jvm.ask("keyed glad"));
    assertEquals("ada (glad) 3 #1", jvm.ask("keyed sad"));
    assertEquals(List.of(key("keyed", "ada-3")), REDIS.commands().keys(NAMESPACE + ":keyed:*"));
  }

  @Test
  void anIgnoredParameterIsNotPartOfTheKey() {
    assertEquals("7 for x #1", jvm.ask("traced x"));
    assertEquals("7 for x #1", jvm.ask("traced y"));
    assertEquals(List.of(key("traced", "7")), REDIS.commands().keys(NAMESPACE + ":traced:*"));
  }

  @Test
  void aResultThatIsTooLargeIsNotStoredButCountedAndSaidOnce() {
    assertEquals("20000 #1", jvm.ask("text 20000"));
    assertEquals("20000 #2", jvm.ask("text 20000"));
    assertEquals("9000 #3", jvm.ask("text 9000"));
    assertEquals("9000 #3", jvm.ask("text 9000"));

    assertEquals(List.of(key("large", "9000")), REDIS.commands().keys(NAMESPACE + ":large:*"));
    assertEquals(2, beans.count("large", "TooLarge"));
    assertEquals(1, beans.count("large", "Puts"));
    assertSaidOnce("com.acme.calls.Catalogue.text(int)", "`defaults.max-value-size` (10240 bytes)");
  }

  @Test
  void anArgumentThatCanNotBeAKeyBypassesTheCacheCountedAndSaidOnce() {
    assertEquals("a lambda #1", jvm.ask("byLambda a"));
    assertEquals("a lambda #2", jvm.ask("byLambda a"));
    assertEquals("text #3", jvm.ask("byCriterion text"));
    assertEquals("text #3", jvm.ask("byCriterion text"));

    assertEquals(2, beans.count("criteria", "Bypasses"));
    assertEquals(0, beans.count("criteria", "Errors"));
    assertSaidOnce("com.acme.calls.Catalogue.byCriterion(java.lang.Object)", "calls run uncached");
  }

  @Test
  void whatIsNoEntryIsAMissIsCountedAndReplaced() {
    String key = key("plain", "foreign");
    long errors = beans.count("plain", "Errors");
    jvm.ask("plain foreign");
    for (String bytes : List.of("", "x", "hello ".repeat(50))) {
      long runs = runs(jvm.ask("plain foreign"));
      REDIS.commands().set(key, bytes);

      assertEquals("plain-foreign #" + (runs + 1), jvm.ask("plain foreign"));
      assertEquals("plain-foreign #" + (runs + 1), jvm.ask("plain foreign"));
      assertEquals(++errors, beans.count("plain", "Errors"));
      assertTrue(REDIS.commands().pttl(key) > 0, "no TTL");
    }
  }

  @Test
  void aDamagedEntryIsAMissIsCountedAndReplaced() {
    String key = key("plain", "damaged");
    jvm.ask("plain damaged");
    long errors = beans.count("plain", "Errors");
    long length = REDIS.commands().strlen(key);
    // In the header, in the value, and behind it.
    for (long at : new long[] {0, 2, 24, 55, length - 3, length}) {
      long runs = runs(jvm.ask("plain damaged"));
      REDIS.commands().setrange(key, at, "~");

      assertEquals("plain-damaged #" + (runs + 1), jvm.ask("plain damaged"), "byte " + at);
      assertEquals("plain-damaged #" + (runs + 1), jvm.ask("plain damaged"), "byte " + at);
      assertEquals(++errors, beans.count("plain", "Errors"), "byte " + at);
    }
  }

  @Test
  void theEntryOfOtherArgumentsIsNeverAnAnswer() {
    long runs = runs(jvm.ask("plain original"));
    eventually("stored", () -> REDIS.commands().exists(key("plain", "original")) == 1);
    REDIS.commands().copy(key("plain", "original"), key("plain", "copied"));

    assertEquals("plain-copied #" + (runs + 1), jvm.ask("plain copied"));
    assertEquals("plain-copied #" + (runs + 1), jvm.ask("plain copied"));
  }

  @Test
  void aKeyOfAnotherRedisTypeLetsTheMethodRun() {
    REDIS.commands().lpush(key("plain", "list"), "a");
    long errors = beans.count("plain", "Errors");
    long runs = runs(jvm.ask("plain list"));

    assertEquals("plain-list #" + (runs + 1), jvm.ask("plain list"));
    assertEquals(errors + 2, beans.count("plain", "Errors"));
    REDIS.commands().del(key("plain", "list"));
    assertEquals("plain-list #" + (runs + 2), jvm.ask("plain list"));
    assertEquals("plain-list #" + (runs + 2), jvm.ask("plain list"));
  }

  @Test
  void anInterruptedThreadGetsItsResultAndStaysInterrupted() {
    String miss = jvm.ask("plainInterrupted interrupts");
    String hit = jvm.ask("plainInterrupted interrupts");

    assertEquals("plain-interrupts interrupted", withoutRuns(miss));
    assertEquals(miss, hit);
  }

  private static String key(String cache, String arguments) {
    return NAMESPACE + ":" + cache + ":" + arguments;
  }

  private static long runs(String answer) {
    return Long.parseLong(answer.substring(answer.lastIndexOf('#') + 1));
  }

  private static String withoutRuns(String answer) {
    return answer.substring(0, answer.lastIndexOf(" #"));
  }

  private static void assertSaidOnce(String method, String what) {
    eventually(method + " in the log", () -> linesOf(method).size() >= 1);
    assertEquals(1, linesOf(method).size(), jvm.soFar().toString());
    assertTrue(linesOf(method).get(0).contains(what), linesOf(method).toString());
  }

  private static List<String> linesOf(String method) {
    return jvm.soFar().log().stream().filter(line -> line.contains(method)).toList();
  }
}
