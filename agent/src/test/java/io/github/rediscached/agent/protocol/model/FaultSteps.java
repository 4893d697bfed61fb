package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.protocol.model.Invalidator.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens to Redis and on the way to it. */
final class FaultSteps {

  private FaultSteps() {}

  static List<Step> steps(Scenario scenario) {
    List<Step> steps = new ArrayList<>();
    for (Key key : scenario.keys()) {
      String name = key.toString().toLowerCase(Locale.ROOT);
      steps.add(Step.elsewhere("Redis loses the key " + name, world -> lose(world, key)));
    }
    steps.add(Step.elsewhere("Redis is flushed", FaultSteps::flush));
    steps.add(Step.elsewhere("Redis takes a snapshot", FaultSteps::takeSnapshot));
    steps.add(Step.elsewhere("Redis is restarted from the snapshot", FaultSteps::restart));
    // The first one renews; for the others there is nothing to do.
    steps.add(
        new Step(
            "the JVMs connect again",
            world -> world.connected() ? null : Command.Simple.CONNECT,
            (world, answer) -> world.faults(world.faults().connected(true))));
    steps.add(late("the first late command is done", 0));
    steps.add(late("the second late command is done", 1));
    return steps;
  }

  private static @Nullable World lose(World world, Key key) {
    RedisState after = world.redis().without(key);
    Faults faults = world.faults();
    return faults.losses() > 0 && !after.equals(world.redis())
        ? world.redis(after).faults(faults.losses(faults.losses() - 1))
        : null;
  }

  private static @Nullable World flush(World world) {
    Faults faults = world.faults();
    return faults.flushes() > 0
        ? world.redis(world.redis().flushed()).faults(faults.flushes(faults.flushes() - 1))
        : null;
  }

  private static @Nullable World takeSnapshot(World world) {
    Faults faults = world.faults();
    return faults.restarts() > 0 && faults.snapshot() == null && faults.connected()
        ? world.faults(faults.snapshot(world.redis()))
        : null;
  }

  private static @Nullable World restart(World world) {
    Faults faults = world.faults();
    RedisState snapshot = faults.snapshot();
    if (snapshot == null) {
      return null;
    }
    // Commands that were on their way are lost with the connections.
    World after =
        world
            .redis(snapshot.restarted(world.redis()))
            .late(List.of())
            .faults(faults.restarts(faults.restarts() - 1).snapshot(null).connected(false));
    // An invalidation that was not confirmed begins anew.
    Invalidator invalidator = world.invalidator();
    return invalidator.is(Phase.IDLE)
        ? after
        : after.invalidator(new Invalidator(invalidator.left(), Phase.WRITTEN, false));
  }

  private static Step late(String name, int index) {
    return new Step(
        name,
        world -> index < world.late().size() ? world.late().get(index) : null,
        (world, answer) -> {
          List<Command> rest = new ArrayList<>(world.late());
          rest.remove(index);
          return world.late(List.copyOf(rest));
        });
  }
}
