package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.outages.Outages;
import io.lettuce.core.KillArgs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What an application gets while its Redis is away or unwell: the right results, soon; and caching
 * as soon as Redis is back. {@code redis.timeout} is 200 ms and {@code redis.connect-timeout} a
 * second, unless a test says otherwise; a call that takes {@link #SOON} has waited for more.
 */
class OutageTest {

  /** Many times the timeout, for busy machines. */
  private static final long SOON = 5_000;

  private static TestRedis redis;
  private static TcpProxy proxy;
  private static RunningJvm jvm;
  private static Beans beans;
  private static int names;

  @BeforeAll
  static void start() {
    redis = TestRedis.start();
    proxy = new TcpProxy(redis);
    jvm = startJvm(proxy.uri(), "200ms", "1s");
    awaitCaching(jvm);
    beans = Beans.of(jvm);
  }

  @AfterAll
  static void end() throws IOException {
    beans.close();
    jvm.close();
    proxy.close();
    redis.close();
    // After most that can happen to a connection.
    for (String line : jvm.soFar().log()) {
      assertFalse(line.contains("null"), line);
    }
  }

  @Test
  void aRedisThatAnswersNothingCostsACallAtMostTheTimeout() {
    long timeouts = (Long) beans.get(Beans.REDIS, "Timeouts");
    long errors = beans.count("rates", "Errors");
    proxy.hang(true);
    assertRunsUncached(jvm);
    proxy.hang(false);

    assertTrue((Long) beans.get(Beans.REDIS, "Timeouts") >= timeouts + 2);
    assertTrue(beans.count("rates", "Errors") >= errors + 2);
    awaitCaching(jvm);
  }

  @Test
  void answersThatComeTooLateAreNobodysResult() {
    for (int i = 0; i < 5; i++) {
      call(jvm, "late" + i);
    }
    proxy.delay(Duration.ofSeconds(1));
    for (int i = 0; i < 5; i++) {
      assertTrue(call(jvm, "late" + i).millis() < SOON);
    }
    proxy.delay(Duration.ZERO);

    // Each call checks that it got the rate of its own currency.
    awaitCaching(jvm);
    for (int i = 0; i < 5; i++) {
      call(jvm, "late" + i);
    }
  }

  @Test
  void aRedisThatIsFrozenAndThawedIsUsedAgain() {
    redis.freeze();
    try {
      assertRunsUncached(jvm);
    } finally {
      redis.thaw();
    }
    awaitCaching(jvm);
  }

  @Test
  void refusedConnectionsLetTheMethodsRunAtOnce() {
    long bypasses = beans.count("rates", "Bypasses");
    proxy.refuse(true);
    eventually("the loss is noticed", () -> !(Boolean) beans.get(Beans.REDIS, "Connected"));
    assertRunsUncached(jvm);
    assertTrue(beans.count("rates", "Bypasses") >= bypasses + 2);
    proxy.refuse(false);

    awaitCaching(jvm);
    assertTrue((Long) beans.get(Beans.REDIS, "Reconnects") >= 1);
  }

  @Test
  void aRedisThatIsKilledAndStartedAgainIsUsedAgain() {
    redis.kill();
    assertRunsUncached(jvm);
    redis.restart();
    awaitCaching(jvm);
  }

  @Test
  void anInterruptedThreadGetsItsResultAndStaysInterruptedWhileRedisHangs() {
    proxy.hang(true);
    Answer answer = answer(jvm.ask("interrupted GBP"), "GBP");
    proxy.hang(false);

    assertTrue(answer.interrupted());
    assertTrue(answer.millis() < SOON);
    awaitCaching(jvm);
  }

  @Test
  void aFullRedisLetsTheMethodsRunCountedAndSaidOnce() {
    long errors = beans.count("rates", "Errors");
    redis.commands().configSet("maxmemory-policy", "noeviction");
    redis.commands().configSet("maxmemory", "1");
    assertRunsUncached(jvm);

    eventually("counted", () -> beans.count("rates", "Errors") >= errors + 2);
    eventually("said", () -> saysOnce("OOM"));
    redis.commands().configSet("maxmemory", "0");
    awaitCaching(jvm);
  }

  @Test
  void aReadOnlyReplicaLetsTheMethodsRunIsSaidOnceAndLeftForWhateverHasItsAddressThen() {
    redis.commands().replicaof("127.0.0.1", 1);
    try {
      assertRunsUncached(jvm);
      eventually("said", () -> saysOnce("READONLY"));
      eventually("it is left", () -> !(Boolean) beans.get(Beans.REDIS, "Connected"));
      assertTrue(saysOnce("READONLY"));
    } finally {
      redis.commands().replicaofNoOne();
    }
    awaitCaching(jvm);
  }

  @Test
  void aRedisThatBeginsToAskForAPasswordLetsTheMethodsRun() {
    redis.commands().configSet("requirepass", "hunter2");
    redis.commands().clientKill(KillArgs.Builder.typeNormal().skipme());
    eventually("the loss is noticed", () -> !(Boolean) beans.get(Beans.REDIS, "Connected"));
    assertRunsUncached(jvm);
    redis.commands().configSet("requirepass", "");

    awaitCaching(jvm);
  }

  @Test
  void whoWaitsWhenTheConnectionBreaksWaitsNoLonger() throws IOException {
    try (TcpProxy hanging = new TcpProxy(redis);
        RunningJvm patient = startJvm(hanging.uri(), "2m", "20s")) {
      awaitCaching(patient);
      hanging.hang(true);
      patient.ask("begin EUR");
      eventually("it waits", () -> patient.ask("state ").equals("TIMED_WAITING"));
      hanging.reset();
      hanging.hang(false);
      Answer answer = answer(patient.ask("end"), "EUR");

      assertTrue(answer.millis() < 60_000, answer.toString());
      awaitCaching(patient);
    }
  }

  @Test
  void withoutARedisTheApplicationStartsAndRunsUncachedUntilThereIsOne() {
    try (TestRedis late = TestRedis.start()) {
      late.kill();
      try (RunningJvm early = startJvm(late.uri(), "200ms", "1m")) {
        long start = System.nanoTime();
        early.ask("ping");
        assertTrue(System.nanoTime() - start < 60_000_000_000L, "the start has waited for Redis");
        assertRunsUncached(early);
        late.restart();
        awaitCaching(early);

        List<String> warnings = warnings(early);
        assertEquals(1, warnings.size(), early.soFar().toString());
        assertTrue(warnings.get(0).contains(late.uri()), warnings.toString());
        assertTrue(warnings.get(0).contains("`redis.uri`"), warnings.toString());
        assertTrue(
            early.soFar().log().contains("connected to Redis at " + late.uri()),
            early.soFar().toString());
      }
    }
  }

  @Test
  void aRedisThatHangsFromTheStartCostsTheFirstCallAtMostTheConnectTimeout() throws IOException {
    try (TcpProxy hanging = new TcpProxy(redis)) {
      hanging.hang(true);
      try (RunningJvm early = startJvm(hanging.uri(), "200ms", "2s")) {
        long millis = 0;
        for (int i = 0; i < 20; i++) {
          millis += call(early, newName()).millis();
        }
        assertTrue(millis < 20_000, "each call has waited: " + millis + " ms");
        assertRunsUncached(early);
        eventually("it says so", () -> warnings(early).size() == 1);
        assertTrue(warnings(early).get(0).contains(hanging.uri()), warnings(early).toString());
        hanging.hang(false);
        awaitCaching(early);
        assertEquals(1, warnings(early).size(), early.soFar().toString());
      }
    }
  }

  @Test
  void aHostThatDoesNotExistIsSaidOnceAndCostsTheFirstCallAtMostTheConnectTimeout() {
    try (RunningJvm early = startJvm("redis://no-such-host.invalid:6379", "200ms", "1s")) {
      assertRunsUncached(early);
      eventually("it says so", () -> warnings(early).size() == 1);
      assertTrue(warnings(early).get(0).contains("redis://no-such-host.invalid:6379"));
    }
  }

  @Test
  void aWrongPasswordIsSaidOnceWithoutThePassword() {
    try (TestRedis locked = TestRedis.start()) {
      locked.commands().configSet("requirepass", "right-secret");
      String address = locked.host() + ":" + locked.port();
      try (RunningJvm wrong = startJvm("redis://:wrong-secret@" + address, "200ms", "1s")) {
        assertRunsUncached(wrong);
        eventually("it says so", () -> warnings(wrong).size() == 1);
        assertTrue(warnings(wrong).get(0).contains("WRONGPASS"), warnings(wrong).toString());
        assertTrue(
            warnings(wrong)
                .get(0)
                .endsWith(
                    "Check user and password in `redis.uri`, or what `redis.credentials` names."),
            warnings(wrong).toString());

        locked.commands().configSet("requirepass", "wrong-secret");
        awaitCaching(wrong);
        assertFalse(wrong.soFar().toString().contains("-secret"), wrong.soFar().toString());
        assertEquals(1, warnings(wrong).size(), wrong.soFar().toString());
      }
    }
  }

  private static RunningJvm startJvm(String uri, String timeout, String connectTimeout) {
    return Jvm.of(Outages.class)
        .setting("redis.uri", uri)
        .setting("redis.timeout", timeout)
        .setting("redis.connect-timeout", connectTimeout)
        .setting("namespace", TestRedis.newNamespace())
        .start();
  }

  /**
   * What came of a call.
   *
   * @param runs of the method, so far
   * @param interrupted whether the thread was afterwards
   */
  private record Answer(int runs, boolean interrupted, long millis) {}

  /** A call; its result is right, whatever Redis does. */
  private static Answer call(RunningJvm jvm, String currency) {
    return answer(jvm.ask("rate " + currency), currency);
  }

  private static Answer answer(String line, String currency) {
    String[] parts = line.split(" ", -1);
    assertEquals("rate-" + currency, parts[0], line);
    return new Answer(
        Integer.parseInt(parts[1]), Boolean.parseBoolean(parts[2]), Long.parseLong(parts[3]));
  }

  private static void assertRunsUncached(RunningJvm jvm) {
    String name = newName();
    Answer first = call(jvm, name);
    Answer second = call(jvm, name);
    assertEquals(first.runs() + 1, second.runs());
    assertTrue(first.millis() < SOON, first.toString());
    assertTrue(second.millis() < SOON, second.toString());
  }

  /** A new entry is stored and found. */
  private static void awaitCaching(RunningJvm jvm) {
    eventually(
        "results are cached",
        () -> {
          String name = newName();
          int runsAfterMiss = call(jvm, name).runs();
          return call(jvm, name).runs() == runsAfterMiss;
        });
  }

  private static String newName() {
    return "C" + names++;
  }

  private static boolean saysOnce(String word) {
    return jvm.soFar().log().stream().filter(line -> line.contains(word)).count() == 1;
  }

  private static List<String> warnings(RunningJvm jvm) {
    return jvm.soFar().log().stream().filter(line -> line.startsWith("WARN ")).toList();
  }
}
