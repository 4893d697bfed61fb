package io.github.rediscached.agent.protocol.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The steps of the protocol's users, with all its guards or some.
 *
 * @param guards that are on
 */
record Model(Set<Guard> guards) {

  private static final int FIRST_PUT = 90;

  /** Tokens are never the same; these tell who made them. */
  static int callToken(int caller, int call) {
    return 10 * (caller + 1) + call;
  }

  static int putToken(int put) {
    return FIRST_PUT + put;
  }

  static boolean isPut(int token) {
    return token >= FIRST_PUT;
  }

  boolean has(Guard guard) {
    return guards.contains(guard);
  }

  /** All that may happen in a scenario. */
  List<Step> steps(Scenario scenario) {
    List<Step> steps = new ArrayList<>();
    for (int caller = 0; caller < 2; caller++) {
      steps.addAll(new CallSteps(scenario, this, caller).steps());
    }
    if (scenario.writes() > 0) {
      steps.addAll(new InvalidatorSteps(scenario, this).steps());
    }
    for (int put = 0; put < scenario.puts(); put++) {
      steps.addAll(new PutSteps(scenario, this, put).steps());
    }
    if (scenario.resultTagged()) {
      steps.add(
          new Step(
              "a load of another entry makes the tag of the result",
              world -> world.connected() ? Command.Simple.ACQUIRE_ANOTHER : null,
              (world, answer) -> world));
    }
    steps.addAll(FaultSteps.steps(scenario));
    return steps;
  }

  /** Where a scenario may begin. */
  List<World> beginnings(Scenario scenario) {
    return List.of(
        World.of(RedisState.empty(), scenario),
        World.of(RedisState.warm(), scenario),
        World.of(RedisState.warm().filled(scenario.resultTagged()), scenario));
  }
}
