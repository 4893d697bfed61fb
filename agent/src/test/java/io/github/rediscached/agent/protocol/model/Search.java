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
final class Search {

  /** How a world was reached first; the beginning has no step. */
  private record Origin(@Nullable World before, String step) {}

  private final List<Step> steps;
  private final Map<World, Origin> origins = new HashMap<>();
  private final Queue<World> open = new ArrayDeque<>();

  Search(List<Step> steps) {
    this.steps = steps;
  }

  /** The shortest way to a stale value; empty if none leads there. */
  List<String> counterexample(List<World> beginnings) {
    for (World beginning : beginnings) {
      reach(beginning, new Origin(null, "begin with " + beginning.redis()));
    }
    for (World world = open.poll(); world != null; world = open.poll()) {
      for (Step step : steps) {
        World next = step.move().from(world);
        if (next == null) {
          continue;
        }
        reach(next, new Origin(world, step.name()));
        if (next.stale() != null) {
          return way(next);
        }
      }
    }
    return List.of();
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
