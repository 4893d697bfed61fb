package io.github.rediscached.agent.protocol.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.protocol.model.Command.Unlink;
import io.github.rediscached.agent.store.OwnRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That docs/protocol.md keeps its promise, in every order of steps and faults; and that it would
 * not without any one of its guards. What Redis does is not modelled: a real one runs production's
 * scripts.
 */
class ProtocolModelTest {

  private static final OwnRedis REDIS = new OwnRedis();
  private static final RedisClient CLIENT = RedisClient.create(REDIS.uri());

  private static StatefulRedisConnection<byte[], byte[]> connection;
  private static RealRedis guarded;

  @BeforeAll
  static void connect() {
    connection = CLIENT.connect(ByteArrayCodec.INSTANCE);
    guarded = new RealRedis(connection, Guard.all());
  }

  @AfterAll
  static void end() {
    CLIENT.shutdown();
    REDIS.close();
  }

  static List<Scenario> scenarios() {
    List<Scenario> scenarios = new ArrayList<>();
    for (Unlink invalidation : Unlink.values()) {
      Scenario scenario = Scenario.of(invalidation);
      scenarios.add(scenario.faults(Faults.NONE.losses(1)));
      // Two calls are enough to store what a load from before has read, and to read it.
      scenarios.add(scenario.withCalls(1).faults(Faults.NONE.restarts(1)));
      scenarios.add(scenario.faults(Faults.NONE.flushes(1)));
      scenarios.add(scenario.withRefresh().faults(Faults.NONE.late(1)));
      scenarios.add(scenario.inOneJvm().faults(Faults.NONE.late(1)));
    }
    for (Unlink invalidation : List.of(Unlink.KEY, Unlink.TAG_OF_RESULT)) {
      Scenario scenario = Scenario.of(invalidation).inParts();
      scenarios.add(scenario.withCalls(1).faults(Faults.NONE.losses(1)));
      scenarios.add(scenario.withCalls(1).faults(Faults.NONE.restarts(1)));
      scenarios.add(scenario.withRefresh().faults(Faults.NONE.late(1)));
      scenarios.add(scenario.inOneJvm().faults(Faults.NONE.late(1)));
    }
    scenarios.add(Scenario.of(Unlink.KEY).withCalls(3).faults(Faults.NONE.late(1)));
    scenarios.add(Scenario.of(Unlink.KEY).writes(2).faults(Faults.NONE.late(2)));
    scenarios.add(Scenario.of(Unlink.KEY).faults(Faults.NONE.losses(2)));
    scenarios.add(Scenario.of(Unlink.KEY).inOneJvm().faults(Faults.NONE.losses(1)));
    scenarios.add(Scenario.of(Unlink.PATTERN).inOneJvm().faults(Faults.NONE.losses(1)));
    scenarios.add(Scenario.ofPuts(2).faults(Faults.NONE.losses(1)));
    scenarios.add(Scenario.ofPuts(2).faults(Faults.NONE.late(1)));
    scenarios.add(Scenario.ofPuts(1).withResultTag().faults(Faults.NONE.losses(1)));
    scenarios.add(Scenario.ofPuts(1).withCalls(2).faults(Faults.NONE.late(2)));
    scenarios.add(Scenario.ofPuts(1).withCalls(2).faults(Faults.NONE.restarts(1)));
    return scenarios;
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void noCallThatStartsAfterAnInvalidationHasReturnedGetsAValueFromBefore(Scenario scenario) {
    assertEquals("", counterexample(Guard.all(), guarded, scenario));
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void withoutAnyOneOfItsGuardsItWouldNotBeSo(Guard guard) {
    Set<Guard> guards = Guard.allBut(guard);
    assertNotEquals("", counterexample(guards, new RealRedis(connection, guards), raceOf(guard)));
  }

  /** The order of two keys that are unlinked one after the other matters for each such pair. */
  @ParameterizedTest
  @EnumSource(names = {"KEY", "TAG_OF_RESULT"})
  void withoutItsCompanionFirstAnInvalidationInPartsWouldNotBeSo(Unlink invalidation) {
    Set<Guard> guards = Guard.allBut(Guard.COMPANION_FIRST);
    assertNotEquals(
        "",
        counterexample(
            guards, new RealRedis(connection, guards), Scenario.of(invalidation).inParts()));
  }

  /** A script that never stores, or never grants a lease, would keep the promise as well. */
  @Test
  void scriptsSayEverythingThatTheyCanSay() {
    counterexample(Guard.all(), guarded, Scenario.of(Unlink.TAG_OF_RESULT).withRefresh());
    counterexample(Guard.all(), guarded, Scenario.of(Unlink.PATTERN));
    for (String word :
        List.of("granted", "taken", "changed", "stored", "lost", "invalidated", "doubtful")) {
      assertTrue(guarded.hasSaid(word), word);
    }
  }

  /** Where the race is run that this guard is there for. */
  private static Scenario raceOf(Guard guard) {
    return switch (guard) {
      case LEASE_DELETED_WITH_KEY, STORE_CHECKS_LEASE -> Scenario.of(Unlink.KEY);
      case COMPANION_FIRST -> Scenario.of(Unlink.KEY).inParts();
      case STORE_CHECKS_VERSIONS, PATTERN_VERSION_FIRST -> Scenario.of(Unlink.PATTERN);
      case READ_CHECKS_VERSIONS, MISSING_IS_NOT_OLD -> Scenario.of(Unlink.TAG_OR_CACHE);
      case RESULT_TAG_NUMBER,
          MISSING_RESULT_TAG_REFUSES_STORE,
          TAG_INVALIDATIONS_HAVE_A_VERSION,
          DOUBT_ENDS_WITH_AN_UNCHANGED_TAGS_VERSION ->
          Scenario.of(Unlink.TAG_OF_RESULT);
      case RESULT_TAG_EPOCH, COUNTER_EPOCH_RENEWED ->
          Scenario.of(Unlink.TAG_OF_RESULT).faults(Faults.NONE.losses(1));
      case NAMESPACE_RENEWED_ON_NEW_RUN_ID ->
          Scenario.of(Unlink.KEY).faults(Faults.NONE.restarts(1));
      case WAITER_CHECKS_TOKEN -> Scenario.of(Unlink.KEY).inOneJvm().faults(Faults.NONE.late(1));
      case WAITER_CHECKS_VERSIONS -> Scenario.of(Unlink.TAG_OR_CACHE).inOneJvm();
      case WAITER_TAKES_RESULT_TAGS_FROM_STORED -> Scenario.of(Unlink.TAG_OF_RESULT).inOneJvm();
      case PUT_TAKES_LEASE_FIRST, PUT_UNLINKS_WHEN_LEASE_LOST -> Scenario.ofPuts(2);
      case PUT_UNLINKS_WHEN_REFUSED -> Scenario.ofPuts(1).faults(Faults.NONE.losses(1));
      case PUT_UNLINKS_WHEN_UNCONFIRMED -> Scenario.ofPuts(1).faults(Faults.NONE.late(1));
    };
  }

  /** The shortest way to a stale value, a line for each step; empty if there is none. */
  private static String counterexample(Set<Guard> guards, RealRedis redis, Scenario scenario) {
    Model model = new Model(guards);
    Exploration exploration = new Exploration(model.steps(scenario), redis);
    return String.join("\n", exploration.counterexample(model.beginnings(scenario)));
  }
}
