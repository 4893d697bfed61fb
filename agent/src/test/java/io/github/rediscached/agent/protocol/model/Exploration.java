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
      List<World> worlds = new ArrayList<>();
      while (worlds.size() < TOGETHER && !open.isEmpty()) {
        worlds.add(open.remove());
      }
      ask(worlds);
      for (World world : worlds) {
        World stale = follow(world);
        if (stale != null) {
          return way(stale);
        }
      }
    }
    return List.of();
  }

  private void ask(List<World> worlds) {
    for (World world : worlds) {
      for (Step step : steps) {
        Command command = step.question().of(world);
        if (command != null) {
          redis.want(world.redis(), command);
        }
      }
    }
    redis.run();
  }

  /** A world with a stale value that follows; null if none does. */
  private @Nullable World follow(World world) {
    for (Step step : steps) {
      Command command = step.question().of(world);
      if (command == null) {
        continue;
      }
      Answer answer = redis.answer(world.redis(), command);
      World next = step.end().of(world.redis(answer.redis()), answer);
      if (next == null) {
        continue;
      }
      reach(next, new Origin(world, step.name()));
      if (next.stale() != null) {
        return next;
      }
    }
    return null;
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
