package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.async.Futures;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a cached method that returns a future does while Redis is well. Values that end with a
 * number count the runs of all methods. One JVM for most tests, each with entries of its own.
 */
class AsyncTest {

  private static final String NAMESPACE = TestRedis.newNamespace();
  private static final TestRedis REDIS = TestRedis.shared();
  private static RunningJvm jvm;
  private static Beans beans;

  @BeforeAll
  static void start() {
    jvm = futures().start();
    awaitCaching(jvm);
    beans = Beans.of(jvm);
  }

  @AfterAll
  static void end() {
    beans.close();
    jvm.close();
  }

  private static Jvm futures() {
    return Jvm.of(Futures.class, REDIS)
        .setting("namespace", NAMESPACE)
        .setting("load-wait", "1m")
        .setting("defaults.ttl", "1h");
  }

  /** The first calls do not wait for the connection. */
  static void awaitCaching(RunningJvm jvm) {
    eventually(
        "values are cached", () -> jvm.ask("get text warm-up").equals(jvm.ask("get text warm-up")));
  }

  private static void assertCached(String call) {
    String first = jvm.ask("get " + call);
    String runs = jvm.ask("runs");

    assertEquals(first, jvm.ask("get " + call));
    assertEquals(runs, jvm.ask("runs"));
  }

  private static void assertNotCached(String call) {
    jvm.ask("get " + call);
    int runs = runs(jvm);
    jvm.ask("get " + call);

    assertEquals(runs + 1, runs(jvm));
  }

  private static int runs(RunningJvm jvm) {
    return Integer.parseInt(jvm.ask("runs"));
  }

  private static boolean isStored(String cache, String key) {
    return REDIS.commands().exists(NAMESPACE + ":" + cache + ":" + key) == 1;
  }

  @Test
  void theValueIsStoredAndNotTheFuture() {
    assertTrue(jvm.ask("get text oak").startsWith("oak #"));
    assertTrue(isStored("text", "oak"));
    assertCached("text oak");
  }

  @Test
  void theValueOfAFutureThatIsDoneLater() {
    assertTrue(jvm.ask("get later oak").startsWith("Price[item=oak, cents="));
    assertCached("later oak");
  }

  @Test
  void aStageARawFutureAWildcardADefaultMethod() {
    assertCached("stage 1");
    assertCached("raw 1");
    assertCached("wild 1");
    assertCached("order 1");
    assertTrue(isStored("orders", "1"));
  }

  @Test
  void nullIsAValueUnlessItIsNotToBeStored() {
    assertEquals("null", jvm.ask("get nothing 1"));
    assertCached("nothing 1");
    assertEquals("null", jvm.ask("get nothingNotStored 1"));
    assertNotCached("nothingNotStored 1");
  }

  @Test
  void conditionAndUnless() {
    assertCached("conditional long");
    assertNotCached("conditional x");
    assertCached("unless yes");
    assertNotCached("unless no");
    assertEquals(List.of(), REDIS.entries(NAMESPACE + ":unless:*no*"));
  }

  @Test
  void anArgumentThatCanNotBeAKeyRunsTheMethodWhereItWasCalled() {
    assertNotCached("byLambda a");
    assertEquals("main", jvm.ask("thread"));
  }

  @Test
  void onAMissTheMethodBeginsOnAThreadOfOursWithTheContextLoaderOfItsClass() {
    jvm.ask("get text thread");

    assertEquals("rediscached-async", jvm.ask("thread"));
    assertEquals(jvm.ask("applicationLoader"), jvm.ask("contextLoader"));
  }

  @Test
  void callbacksRunOnThreadsOfOursWithTheContextLoaderOfTheClass() {
    String expected = "rediscached-async " + jvm.ask("applicationLoader");
    jvm.ask("begin load held callbacks");
    jvm.ask("callback after-load load");
    jvm.ask("complete callbacks value");

    awaitState(jvm, "after-load", expected);
  }

  @Test
  void aFutureThatFailsIsNotCachedAndGivesTheMethodsOwnException() {
    String first = jvm.ask("get failing 1");
    long failures = beans.count("fails", "LoadFailures");

    assertTrue(first.startsWith("failed IllegalStateException failed #"), first);
    assertNotCached("failing 1");
    assertEquals(failures + 2, beans.count("fails", "LoadFailures"));
    assertEquals(List.of(), REDIS.entries(NAMESPACE + ":fails:*"));
  }

  @Test
  void aMethodThatThrowsInsteadMakesTheFutureFail() {
    String first = jvm.ask("get throwing 1");

    assertTrue(first.startsWith("failed IllegalStateException thrown #"), first);
    assertNotCached("throwing 1");
    assertEquals(List.of(), REDIS.entries(NAMESPACE + ":throws:*"));
  }

  @Test
  void aMethodThatReturnsNoFutureMakesTheFutureFail() {
    assertEquals(
        "failed NullPointerException com.acme.async.Prices.noFuture(java.lang.String) has returned"
            + " null, not a future",
        jvm.ask("get noFuture 1"));
    assertNotCached("noFuture 1");
  }

  @Test
  void anExceptionThatIsToBeCachedMakesTheFutureOfAHitFail() {
    String first = jvm.ask("get missing 1");

    assertTrue(first.startsWith("failed NoSuchPriceException 1 #"), first);
    assertCached("missing 1");
  }

  @Test
  void aFutureThatWasCancelledIsNotCached() {
    jvm.ask("begin cancelled held cancelled");
    awaitRun("cancelled");
    jvm.ask("cancelHeld cancelled");

    awaitState(jvm, "cancelled", "cancelled");
    eventually("nobody loads", () -> !isStored("held", "cancelled:~l"));
    assertFalse(isStored("held", "cancelled"));
  }

  /** The lease alone would not tell: Redis grants it before the method begins. */
  private static void awaitRun(String item) {
    eventually(item + " is being loaded", () -> jvm.ask("holds " + item).equals("true"));
    assertTrue(isStored("held", item + ":~l"), "under its lease");
  }

  static void awaitState(RunningJvm jvm, String name, String state) {
    eventually(name + " is " + state, () -> jvm.ask("state " + name).equals(state));
  }

  @Test
  void cancellingOrCompletingOnesOwnFutureIsNobodyElsesBusiness() {
    for (String name : List.of("own1", "own2", "own3", "own4")) {
      jvm.ask("begin " + name + " held own");
    }
    awaitRun("own");
    assertEquals("true", jvm.ask("cancel own1"));
    jvm.ask("obtrude own2 mine");
    assertEquals("pending", jvm.ask("state own3"));
    jvm.ask("complete own value");

    awaitState(jvm, "own3", "value");
    awaitState(jvm, "own4", "value");
    assertEquals("cancelled", jvm.ask("state own1"));
    assertEquals("mine", jvm.ask("state own2"));
    jvm.ask("obtrude own3 other");
    assertEquals("value", jvm.ask("state own4"));
    assertEquals("value", jvm.ask("get held own"));
    eventually("it was stored all the same", () -> isStored("held", "own"));
  }

  @Test
  void ofManyThatMissAtOnceOneLoads() {
    int runs = runs(jvm);
    jvm.ask("together crowd 32 held crowd");
    awaitRun("crowd");
    jvm.ask("complete crowd value");

    for (int i = 0; i < 32; i++) {
      awaitState(jvm, "crowd" + i, "value");
    }
    assertEquals(runs + 1, runs(jvm));
    assertTrue(beans.count("held", "CoalescedHits") > 0);
  }

  @Test
  void whoWaitedForALoadThatFailedLoadsForHimself() {
    int runs = runs(jvm);
    jvm.ask("together failed 8 held failed");
    awaitRun("failed");
    jvm.ask("fail failed");

    for (int i = 0; i < 8; i++) {
      awaitState(jvm, "failed" + i, "failed IllegalStateException held");
    }
    assertTrue(runs(jvm) > runs + 1);
  }

  @Test
  void eachHitIsAnObjectOfItsOwn() {
    String first = jvm.ask("get list copy");

    assertEquals(first, jvm.ask("copies copy"));
  }

  @Test
  void whatWasLoadedForChangedArgumentsIsNotStored() {
    jvm.ask("changedArgument before after");
    jvm.ask("get text afterwards");

    assertEquals(List.of(), REDIS.entries(NAMESPACE + ":by-list:*"));
  }

  @Test
  void aLoadThatWasEvictedMeanwhileIsNotStoredAndNobodyTakesItsValueAfterwards() {
    jvm.ask("begin old held evicted");
    awaitRun("evicted");
    int runs = runs(jvm);
    jvm.ask("evictHeld evicted");
    jvm.ask("begin new held evicted");
    eventually("the second one loads for itself", () -> runs(jvm) == runs + 1);
    jvm.ask("complete evicted value");

    awaitState(jvm, "old", "value");
    awaitState(jvm, "new", "value");
  }

  @Test
  void anEvictedValueIsLoadedAnew() {
    String first = jvm.ask("get text evict");
    jvm.ask("evictText evict");
    String second = jvm.ask("get text evict");
    String tagged = jvm.ask("get tagged zoo");
    assertCached("tagged zoo");
    jvm.ask("evictFirst z");

    assertNotEquals(first, second);
    assertCached("text evict");
    assertNotEquals(tagged, jvm.ask("get tagged zoo"));
  }

  @Test
  void aMethodThatEvictsDoesSoAgainWhenItsFutureIsDone() {
    jvm.ask("get text changed");
    jvm.ask("begin change change changed");
    assertFalse(isStored("text", "changed"), "when it returns");
    String old = jvm.ask("get text changed");
    eventually("stored before the change is done", () -> isStored("text", "changed"));
    jvm.ask("complete change-changed done");

    eventually("when it is done", () -> !jvm.ask("get text changed").equals(old));
  }

  @Test
  void aMethodThatEvictsBeforehandDoesSoBeforeItsOwnLoadAndIsStored() {
    jvm.ask("get renewed first");
    eventually("stored", () -> isStored("renewed", "first"));
    String first = jvm.ask("get renewed first");

    assertNotEquals(first, jvm.ask("get renewed first"), "each call evicts");
  }

  @Test
  void aMethodMayWaitForAnotherCallOfItself() {
    assertTrue(jvm.ask("get blocking 20").startsWith("bottom #"));
    assertCached("blocking 20");
    assertCached("blocking 7");
  }

  @Test
  void aMethodThatCallsItselfForTheSameKeyDoesNotWaitForItself() {
    assertEquals("around x", jvm.ask("get ofItself x"));
  }

  @Test
  void norDoesOneThatIsCalledByOneThatItCalls() {
    long begin = System.nanoTime();

    assertEquals("around x", jvm.ask("round x"));
    assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30), "less than `load-wait`");
  }

  @Test
  void callbacksThatBlockKeepNobodyElseFromItsFuture() {
    jvm.ask("blockingCallbacks blocked 200");
    jvm.ask("get text while-blocked");
    assertCached("text while-blocked");
    assertEquals("pending", jvm.ask("state blocked"));
    jvm.ask("release");

    awaitState(jvm, "blocked", "null");
  }

  @Test
  void whileAThousandThreadsAreBusyCallsRunUncachedUnlessTheirValueIsInMemory() {
    try (RunningJvm crowded = futures().start()) {
      awaitCaching(crowded);
      Beans.awaitNearHit(crowded, "text", "get text warm-up");
      String inMemory = crowded.ask("get text warm-up");
      crowded.ask("blockingCallbacks blocked 900");
      AtomicInteger items = new AtomicInteger();

      eventually(
          "the same is not given twice",
          () -> {
            crowded.ask("blockingCallbacks more" + items.incrementAndGet() + "- 50");
            String call = "get text crowded" + items;
            return !crowded.ask(call).equals(crowded.ask(call));
          });
      // Memory serves only where Redis has given a sign of life within the last half second.
      eventually("from memory", () -> inMemory.equals(crowded.ask("get text warm-up")));
      assertTrue(
          crowded.soFar().err().stream()
              .anyMatch(line -> line.contains("too many threads of ours are busy")));

      crowded.ask("release");
      eventually(
          "the same is given twice",
          () -> {
            String call = "get text alone" + items.incrementAndGet();
            return crowded.ask(call).equals(crowded.ask(call));
          });
    }
  }

  @Test
  void neitherAreMoreMethodsBegunWhereManyAnswersComeAtOnce() {
    try (TestRedis redis = TestRedis.start();
        RunningJvm burst =
            Jvm.of(Futures.class, redis)
                .setting("redis.timeout", "1m")
                .setting("redis.connect-timeout", "1m")
                .start()) {
      awaitCaching(burst);
      int runs = runs(burst);
      redis.freeze();
      try {
        burst.ask("gated burst 2500");
      } finally {
        redis.thaw();
      }
      eventually("all have begun", () -> runs(burst) == runs + 2500);

      int waiting = Integer.parseInt(burst.ask("waiting"));
      assertTrue(waiting > 900 && waiting <= 1000, waiting + " at once");
      burst.ask("release");
      awaitCaching(burst);
    }
  }

  @Test
  void aCallbackThatThrowsHurtsNobody() {
    String value = jvm.ask("get text callback");

    assertEquals(
        "failed IllegalStateException callback, " + value,
        jvm.ask("throwingCallback text callback"));
    assertCached("text callback");
  }

  @Test
  void anExpiredValueServesWhenTheMethodFails() {
    assertEquals("old", jvm.ask("get stale old"));
    eventually("stored", () -> beans.count("stale", "Puts") == 1);
    jvm.ask("breaks");
    eventually(
        "it has served",
        () -> {
          assertEquals("old", jvm.ask("get stale old"));
          return beans.count("stale", "StaleServed") > 0;
        });
  }

  @Test
  void anEntryIsLoadedAnewInTheBackground() {
    String first = jvm.ask("get refreshed 1");
    eventually("it is", () -> !jvm.ask("get refreshed 1").equals(first));

    assertEquals(0, beans.count("refreshed", "LoadFailures"));
  }

  @Test
  void callsAreCountedAsThoseOfOtherMethods() {
    jvm.ask("begin counted held counted");
    awaitRun("counted");
    jvm.ask("complete counted value");
    awaitState(jvm, "counted", "value");
    eventually("stored", () -> isStored("held", "counted"));
    jvm.ask("get byLambda x");
    long hits = beans.count("held", "Hits");
    long misses = beans.count("held", "Misses");
    long loads = beans.count("held", "Loads");
    long bypasses = beans.count("by-lambda", "Bypasses");
    jvm.ask("get held counted");
    jvm.ask("get byLambda x");

    assertEquals(hits + 1, beans.count("held", "Hits"));
    assertEquals(misses, beans.count("held", "Misses"));
    assertEquals(loads, beans.count("held", "Loads"));
    assertEquals(bypasses + 1, beans.count("by-lambda", "Bypasses"));
    assertTrue(misses > 0 && loads > 0);
  }

  @Test
  void ofTwoJvmsOneLoads() {
    try (RunningJvm two = futures().start()) {
      awaitCaching(two);
      int runs = runs(two);
      jvm.ask("begin first held shared");
      awaitRun("shared");
      two.ask("together waiting 8 held shared");
      assertEquals("pending", two.ask("state waiting0"));
      jvm.ask("complete shared value");

      for (int i = 0; i < 8; i++) {
        awaitState(two, "waiting" + i, "value");
      }
      assertEquals(runs, runs(two));
    }
  }

  @Test
  void nobodyWaitsForAnotherJvmForLongerThanLoadWait() {
    try (RunningJvm two = futures().setting("load-wait", "200ms").start()) {
      awaitCaching(two);
      int runs = runs(two);
      jvm.ask("begin slow held slow");
      awaitRun("slow");
      two.ask("begin impatient held slow");
      eventually("it loads for itself", () -> runs(two) == runs + 1);
      two.ask("complete slow own");

      awaitState(two, "impatient", "own");
      assertEquals("pending", jvm.ask("state slow"));
    }
  }

  @Test
  void nobodyWaitsInOneJvmForLongerThanLoadWait() {
    try (RunningJvm own = futures().setting("load-wait", "200ms").start()) {
      awaitCaching(own);
      int runs = runs(own);
      own.ask("begin first held hanging");
      own.ask("begin second held hanging");
      eventually("both load", () -> runs(own) == runs + 2);
      own.ask("complete hanging value");

      awaitState(own, "first", "value");
      awaitState(own, "second", "value");
    }
  }
}
