package io.github.rediscached.agent.store;

import static io.github.rediscached.agent.store.OwnRedis.all;
import static io.github.rediscached.agent.store.OwnRedis.bytes;
import static io.github.rediscached.agent.store.OwnRedis.call;
import static io.github.rediscached.agent.store.OwnRedis.eventually;
import static io.github.rediscached.agent.store.OwnRedis.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.log.AgentLog;
import io.lettuce.core.ScriptOutputType;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {

  private static final byte[][] NONE = {};

  private static final OwnRedis REDIS = new OwnRedis();
  private static final RedisStore STORE = REDIS.connectedStore();

  @BeforeEach
  void anEmptyRedis() {
    REDIS.commands().flushall();
  }

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @Test
  void readGivesTheValuesInTheOrderOfTheKeys() throws Exception {
    REDIS.commands().set("a", "1");
    REDIS.commands().set("empty", "");
    String large = "x".repeat(5_000_000);
    REDIS.commands().set("large", large);

    assertEquals(
        Arrays.asList("", null, large, "1", null, "1"),
        texts(
            STORE.read(all("empty", "missing", "large", "a", "none", "a"), false).ask().values()));
    assertEquals(Arrays.asList("1"), texts(STORE.read(all("a"), false).ask().values()));
    assertEquals(
        Arrays.asList((String) null), texts(STORE.read(all("missing"), false).ask().values()));
  }

  @Test
  void whatNoThreadWaitsForIsAnsweredTheSame() throws Exception {
    REDIS.commands().set("a", "1");
    Script echo = new Script("return {ARGV[1], redis.call('GET', KEYS[1]), false} -- later");

    assertEquals(
        Arrays.asList("1", null),
        texts(
            STORE.read(all("a", "missing"), false).askLater().get(20, TimeUnit.SECONDS).values()));
    for (int i = 0; i < 2; i++) {
      REDIS.commands().scriptFlush();
      for (int j = 0; j < 2; j++) {
        assertEquals(
            Arrays.asList("x", "1", null),
            texts(STORE.run(call(echo, all("a"), all("x"))).askLater().get(20, TimeUnit.SECONDS)));
      }
    }
  }

  @Test
  void whatNoThreadWaitsForFailsTheSame() {
    long errors = STORE.errors();
    Script wrong = new Script("return redis.call('NO SUCH COMMAND')");

    ExecutionException failure =
        assertThrows(
            ExecutionException.class,
            () -> STORE.run(call(wrong, NONE, NONE)).askLater().get(20, TimeUnit.SECONDS));
    assertTrue(
        failure.getCause() instanceof StoreUnavailableException unavailable
            && unavailable.connected());
    assertEquals(errors + 1, STORE.errors());
  }

  @Test
  void aFrozenRedisIsCountedOnceForEachLookUpAndNotForWhatNobodyMisses() {
    RedisStore store = OwnRedis.store(REDIS.uri(), Duration.ofMillis(100));
    store.connect();
    eventually("connected", store::connected);
    Script script = new Script("return 'ran'");
    REDIS.freeze();
    try {
      assertTimedOut(store.readAgain(all("a")).askLater());
      assertEquals(0, store.timeouts());

      assertTimedOut(store.read(all("a"), true).askLater());
      assertEquals(1, store.timeouts());

      assertTimedOut(store.readAndRun(all("a"), true, call(script, NONE, NONE)).askLater());
      assertEquals(2, store.timeouts());
    } finally {
      REDIS.thaw();
    }
    assertEquals(0, store.errors());
  }

  /** An Error out of the application's own stream, or no memory for the line. */
  @Test
  void whoAsksIsAnsweredAlsoWhereTheFailureCanNotBeTold() {
    PrintStream broken =
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public void println(@Nullable String line) {
            throw new AssertionError("expected");
          }
        };
    RedisStore store =
        new RedisStore(
            new RedisAccess(
                REDIS.uri(),
                "Redis",
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                RedisAccess.Mode.STANDALONE),
            "ns",
            new AgentLog(broken));
    store.connect();
    eventually("connected", store::connected);
    assertThrows(
        ExecutionException.class,
        () ->
            store.run(call(new Script("wrong"), NONE, NONE)).askLater().get(20, TimeUnit.SECONDS));
    REDIS.freeze();
    try {
      assertTimedOut(store.read(all("a"), false).askLater());
    } finally {
      REDIS.thaw();
    }
  }

  private static void assertTimedOut(Future<?> answer) {
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> answer.get(20, TimeUnit.SECONDS));
    assertTrue(
        failure.getCause() instanceof StoreUnavailableException unavailable
            && unavailable.connected());
  }

  @Test
  void aLookUpCountsAlsoWhereTheScriptBehindItFails() throws Exception {
    REDIS.commands().set("a", "1");
    long errors = STORE.errors();

    RedisStore.Read both =
        STORE
            .readAndRun(
                all("a", "missing"),
                false,
                call(new Script("return redis.call('NO SUCH COMMAND')"), NONE, NONE))
            .askLater()
            .get(20, TimeUnit.SECONDS);

    assertEquals(Arrays.asList("1", null), texts(both.values()));
    assertNull(both.ran());
    assertEquals(errors, STORE.errors());
  }

  @Test
  void redisTellsOfItself() {
    assertTrue(STORE.info().containsKey("redis_version"));
  }

  @Test
  void manyThreadsEachGetTheirOwnAnswers() throws Exception {
    for (int i = 0; i < 100; i++) {
      REDIS.commands().set("k" + i, "v" + i);
    }
    Script echo = new Script("return {ARGV[1], redis.call('GET', KEYS[1])}");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 16; t++) {
      Random random = new Random(t);
      all.add(
          threads.submit(
              () -> {
                for (int n = 0; n < 500; n++) {
                  int i = random.nextInt(100);
                  int j = random.nextInt(200);
                  assertEquals(
                      Arrays.asList("v" + i, j < 100 ? "v" + j : null),
                      texts(STORE.read(all("k" + i, "k" + j), false).ask().values()));
                  assertEquals(
                      List.of("" + j, "v" + i),
                      texts(STORE.run(call(echo, all("k" + i), all("" + j))).ask()));
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "return {1, 'a', false, '', {2, 'b', {}, {{3}}}, 'end'}; [1, a, null, , 2, b, 3, end]",
        "return 'one'; [one]",
        "return -42; [-42]",
        "return false; [null]",
        "return nil; [null]",
        "return {}; []",
        "return {{}, 'x'}; [x]",
        "return redis.status_reply('OK'); [OK]",
        "return {KEYS[1], ARGV[1], ARGV[2]}; [key, , arg]",
      })
  void aScriptAnswersWithAFlatArray(String source, String answer) throws Exception {
    byte[][] key = all("key");
    assertEquals(
        answer, texts(STORE.run(call(new Script(source), key, all("", "arg"))).ask()).toString());
  }

  @Test
  void aScriptThatFailsIsAnError() throws Exception {
    Script failing = new Script("return redis.error_reply('MYERR no')");
    long errors = STORE.errors();
    StoreUnavailableException e =
        assertThrows(
            StoreUnavailableException.class, () -> STORE.run(call(failing, NONE, NONE)).ask());
    assertTrue(e.connected());
    AnswerQueue answers = new AnswerQueue();
    answers.add(STORE.send(call(failing, NONE, NONE), 10));
    assertEquals("failed", answers.next());
    assertEquals(errors + 2, STORE.errors());
  }

  @Test
  void aScriptThatRedisHasLostIsSentItself() throws Exception {
    Script script = new Script("return {KEYS[1], ARGV[1]}");
    long errors = STORE.errors();
    byte[][] key = all("k");
    for (int i = 0; i < 3; i++) {
      REDIS.commands().scriptFlush();
      byte[][] argument = all("run" + i);
      assertEquals(List.of("k", "run" + i), texts(STORE.run(call(script, key, argument)).ask()));
      assertEquals(List.of("k", "run" + i), texts(STORE.run(call(script, key, argument)).ask()));
      REDIS.commands().scriptFlush();
      AnswerQueue answers = new AnswerQueue();
      answers.add(STORE.send(call(script, key, argument), 10));
      assertEquals("[k, run" + i + "]", answers.next());
      answers.add(STORE.send(call(script, key, argument), 10));
      assertEquals("[k, run" + i + "]", answers.next());
    }
    assertEquals(errors, STORE.errors());
  }

  @Test
  void whatIsOnItsWayHasALimit() throws Exception {
    Script script = new Script("return 'done'");
    AnswerQueue first = new AnswerQueue();
    AnswerQueue second = new AnswerQueue();
    REDIS.freeze();
    try {
      first.add(STORE.send(call(script, NONE, NONE), 33L << 20));
      second.add(STORE.send(call(script, NONE, NONE), 1));
      assertEquals("failed", second.present());
    } finally {
      REDIS.thaw();
    }
    assertEquals("[done]", first.next());
    second.add(STORE.send(call(script, NONE, NONE), 1));
    assertEquals("[done]", second.next());
  }

  @Test
  void withoutConnectionNothingIsSent() {
    RedisStore store = REDIS.store();
    AnswerQueue answers = new AnswerQueue();
    answers.add(store.send(call(new Script("return 1"), NONE, NONE), 1));
    assertEquals("not connected", answers.present());
    StoreUnavailableException e =
        assertThrows(
            StoreUnavailableException.class, () -> store.read(all("a", "b"), false).ask().values());
    assertFalse(e.connected());
    assertTrue(store.awaitChange(bytes("a"), bytes("b"), 1_000_000_000_000L));
  }

  @Test
  void whatIsOnItsWayWhenTheConnectionEndsHasFailedAndIsNotSentAgain() throws Exception {
    try (OwnRedis redis = new OwnRedis()) {
      RedisStore store = redis.connectedStore();
      AnswerQueue answers = new AnswerQueue();
      redis.freeze();
      answers.add(
          store.send(call(new Script("return redis.call('INCR', 'counter')"), NONE, NONE), 1));
      redis.kill();
      assertTrue(List.of("failed", "not connected").contains(answers.next()));
      redis.restart();
      eventually("connected again", () -> store.reconnects() == 1);
      assertEquals(
          Arrays.asList(null, null),
          texts(store.read(all("counter", "other"), false).ask().values()));
      assertNull(answers.present());
    }
  }

  @Test
  void unlinkTellsWhereItHasNotSucceeded() {
    REDIS.commands().set("a", "1");
    REDIS.commands().set("b", "1");
    assertEquals(0, STORE.unlink(all("a", "b", "c"), RedisStore.ALL_BUCKETS));
    assertEquals(0, REDIS.commands().dbsize());
    assertEquals(
        RedisStore.ALL_BUCKETS, REDIS.store().unlink(all("a", "b", "c"), RedisStore.ALL_BUCKETS));
  }

  @Test
  void aPatternDeletesWhatMatchesAndNothingElse() throws Exception {
    fill("shop:[a]*:", 100_000);
    fill("shop:ax:", 100_000);
    fill("other:", 100_000);

    long soon = System.nanoTime() + 1;
    RedisStore.Deleted part = STORE.unlinkMatching(bytes("shop:\\[a\\]\\*:*"), soon);
    assertFalse(part.complete());
    assertTrue(part.keys() < 100_000, part.toString());
    long later = System.nanoTime() + OwnRedis.PATIENCE.toNanos();
    RedisStore.Deleted rest = STORE.unlinkMatching(bytes("shop:\\[a\\]\\*:*"), later);
    assertTrue(rest.complete());
    assertEquals(100_000, part.keys() + rest.keys());
    assertEquals(200_000, REDIS.commands().dbsize());

    RedisStore.Deleted all =
        STORE.unlinkMatching(bytes("o?her:*"), System.nanoTime() + OwnRedis.PATIENCE.toNanos());
    assertTrue(all.complete());
    assertEquals(100_000, all.keys());
    assertEquals(100_000, REDIS.commands().dbsize());
  }

  private static void fill(String prefix, int count) {
    REDIS
        .commands()
        .eval(
            "for i = 1, tonumber(ARGV[2]) do redis.call('SET', ARGV[1] .. i, 'v') end",
            ScriptOutputType.STATUS,
            new String[0],
            prefix,
            Integer.toString(count));
  }

  @Test
  void anErrorEndsASilenceAsAnAnswerDoes() throws Exception {
    Duration connectTimeout = Duration.ofSeconds(3);
    RedisStore store = OwnRedis.store(REDIS.uri(), Duration.ofMillis(200), connectTimeout);
    store.connect();
    eventually("connected", store::connected);
    freezeForOneTimeout(store);
    Script failing = new Script("return redis.error_reply('MYERR no')");
    long begin = System.nanoTime();
    long errors = 0;
    while (System.nanoTime() - begin < 2 * connectTimeout.toNanos() || errors == 0) {
      assertThrows(
          StoreUnavailableException.class, () -> store.run(call(failing, NONE, NONE)).ask());
      errors = store.errors();
    }
    freezeForOneTimeout(store);
    eventually("answers again", () -> store.read(all("a", "b"), false).ask().values().length == 2);
    assertEquals(0, store.reconnects());
  }

  private static void freezeForOneTimeout(RedisStore store) {
    REDIS.freeze();
    try {
      assertThrows(
          StoreUnavailableException.class, () -> store.read(all("a", "b"), false).ask().values());
    } finally {
      REDIS.thaw();
    }
  }
}
