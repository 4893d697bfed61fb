package io.github.rediscached.agent.protocol.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.rediscached.agent.protocol.model.Command.Invalidation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That docs/protocol.md keeps its promise, in every order of steps and faults; and that it would
 * not without any one of its guards.
 */
class ProtocolModelTest {

  static List<Scenario> scenarios() {
    List<Scenario> scenarios = new ArrayList<>();
    for (Invalidation invalidation : Invalidation.values()) {
      Scenario scenario = Scenario.of(invalidation);
      scenarios.add(scenario.faults(Faults.NONE.losses(1)));
      // Two calls are enough to store what a load from before has read, and to read it.
      scenarios.add(scenario.withCalls(1).faults(Faults.NONE.restarts(1)));
      scenarios.add(scenario.faults(Faults.NONE.flushes(1)));
      scenarios.add(scenario.withRefresh().faults(Faults.NONE.late(1)));
      scenarios.add(scenario.inOneJvm().faults(Faults.NONE.late(1)));
    }
    scenarios.add(Scenario.of(Invalidation.KEY).withCalls(3).faults(Faults.NONE.late(1)));
    scenarios.add(Scenario.of(Invalidation.KEY).writes(2).faults(Faults.NONE.late(2)));
    scenarios.add(Scenario.of(Invalidation.KEY).faults(Faults.NONE.losses(2)));
    scenarios.add(Scenario.of(Invalidation.KEY).inOneJvm().faults(Faults.NONE.losses(1)));
    scenarios.add(Scenario.of(Invalidation.PATTERN).inOneJvm().faults(Faults.NONE.losses(1)));
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
    assertEquals("", counterexample(new Protocol(Guard.all()), scenario));
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void withoutAnyOneOfItsGuardsItWouldNotBeSo(Guard guard) {
    assertNotEquals("", counterexample(new Protocol(Guard.allBut(guard)), raceOf(guard)));
  }

  /** Where the race is run that this guard is there for. */
  private static Scenario raceOf(Guard guard) {
    return switch (guard) {
      case LEASE_DELETED_WITH_KEY, STORE_CHECKS_LEASE -> Scenario.of(Invalidation.KEY);
      case STORE_CHECKS_VERSIONS, PATTERN_VERSION_FIRST -> Scenario.of(Invalidation.PATTERN);
      case READ_CHECKS_VERSIONS, MISSING_IS_NOT_OLD -> Scenario.of(Invalidation.TAG_OR_CACHE);
      case RESULT_TAG_NUMBER, MISSING_RESULT_TAG_REFUSES_STORE, TAG_INVALIDATIONS_HAVE_A_VERSION ->
          Scenario.of(Invalidation.TAG_OF_RESULT);
      case RESULT_TAG_EPOCH, COUNTER_EPOCH_RENEWED ->
          Scenario.of(Invalidation.TAG_OF_RESULT).faults(Faults.NONE.losses(1));
      case NAMESPACE_RENEWED_ON_NEW_RUN_ID ->
          Scenario.of(Invalidation.KEY).faults(Faults.NONE.restarts(1));
      case WAITER_CHECKS_TOKEN ->
          Scenario.of(Invalidation.KEY).inOneJvm().faults(Faults.NONE.late(1));
      case WAITER_CHECKS_VERSIONS -> Scenario.of(Invalidation.TAG_OR_CACHE).inOneJvm();
      case WAITER_TAKES_RESULT_TAGS_FROM_STORED ->
          Scenario.of(Invalidation.TAG_OF_RESULT).inOneJvm();
      case PUT_TAKES_LEASE_FIRST, PUT_UNLINKS_WHEN_LEASE_LOST -> Scenario.ofPuts(2);
      case PUT_UNLINKS_WHEN_REFUSED -> Scenario.ofPuts(1).faults(Faults.NONE.losses(1));
      case PUT_UNLINKS_WHEN_UNCONFIRMED -> Scenario.ofPuts(1).faults(Faults.NONE.late(1));
    };
  }

  /** The shortest way to a stale value, a line for each step; empty if there is none. */
  private static String counterexample(Protocol protocol, Scenario scenario) {
    Search search = new Search(protocol.steps(scenario));
    return String.join("\n", search.counterexample(protocol.beginnings(scenario)));
  }
}
