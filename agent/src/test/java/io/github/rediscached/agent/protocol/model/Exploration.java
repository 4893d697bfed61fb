package io.github.rediscached.agent.protocol.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Walks through all worlds that steps lead to, breadth first, until a call gets a stale value. */
final class Exploration {

  /** So many worlds ask Redis together: one round trip for all. */
  private static final int TOGETHER = 5_000;

  /** How a world was reached first; the beginning has no step. */
  private record Origin(@Nullable World before, String step) {}

  /** A step that a world may take, once Redis has answered. */
  private record Possible(World world, Step step, RealRedis.Asked asked) {

    @Nullable World next() {
      Answer answer = asked.answer();
      return step.end().of(world.redis(answer.redis()), answer);
    }
  }

  private final List<Step> steps;
  private final RealRedis redis;
  private final Map<World, Origin> origins = new HashMap<>();
  private final Queue<World> open = new ArrayDeque<>();

  Exploration(List<Step> steps, RealRedis redis) {
    this.steps = steps;
    this.redis = redis;
  }

  /** The shortest way to a stale value; empty if none leads there. */
  List<String> counterexample(List<World> beginnings) {
    for (World beginning : beginnings) {
      reach(beginning, new Origin(null, "begin with " + beginning.redis()));
    }
    while (!open.isEmpty()) {
      List<Possible> possible = new ArrayList<>();
      for (int worlds = 0; worlds < TOGETHER && !open.isEmpty(); worlds++) {
        addSteps(open.remove(), possible);
      }
      redis.run();
      for (Possible one : possible) {
        World next = one.next();
        if (next == null) {
          continue;
        }
        reach(next, new Origin(one.world(), one.step().name()));
        if (next.stale() != null) {
          return way(next);
        }
      }
    }
    return List.of();
  }

  private void addSteps(World world, List<Possible> possible) {
    RealRedis.Asked nothing = redis.ask(world.redis(), Command.Simple.NONE);
    for (Step step : steps) {
      Command command = step.question().of(world);
      if (command == Command.Simple.NONE) {
        possible.add(new Possible(world, step, nothing));
      } else if (command != null) {
        possible.add(new Possible(world, step, redis.ask(world.redis(), command)));
      }
    }
  }

  private void reach(World world, Origin origin) {
    if (origins.putIfAbsent(world, origin) == null) {
      open.add(world);
    }
  }

  private List<String> way(World end) {
    List<String> way = new ArrayList<>();
    way.add(String.valueOf(end.stale()));
    for (World world = end; world != null; ) {
      Origin origin = origins.get(world);
      if (origin == null) {
        break;
      }
      way.add(origin.step());
      world = origin.before();
    }
    Collections.reverse(way);
    return way;
  }
}
