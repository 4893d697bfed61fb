package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.protocol.model.Invalidator.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens to Redis and on the way to it. */
final class FaultSteps {

  private final Protocol protocol;

  FaultSteps(Protocol protocol) {
    this.protocol = protocol;
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (Key key : Key.values()) {
      String name = key.toString().toLowerCase(Locale.ROOT);
      steps.add(new Step("Redis loses the key " + name, world -> lose(world, key)));
    }
    steps.add(new Step("Redis is flushed", FaultSteps::flush));
    steps.add(new Step("Redis takes a snapshot", FaultSteps::takeSnapshot));
    steps.add(new Step("Redis is restarted from the snapshot", FaultSteps::restart));
    steps.add(new Step("the JVMs connect again", this::connect));
    steps.add(new Step("the first late command is done", world -> doLate(world, 0)));
    steps.add(new Step("the second late command is done", world -> doLate(world, 1)));
    return steps;
  }

  private static @Nullable World lose(World world, Key key) {
    Redis after = key.lostIn(world.redis());
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
    return world.faults().restarts() > 0 && world.snapshot() == null && world.connected()
        ? world.snapshot(world.redis())
        : null;
  }

  private static @Nullable World restart(World world) {
    Redis snapshot = world.snapshot();
    Faults faults = world.faults();
    if (snapshot == null) {
      return null;
    }
    World after =
        world
            .redis(snapshot.restarted(world.redis()))
            .snapshot(null)
            .connected(false)
            .faults(faults.restarts(faults.restarts() - 1));
    // An invalidation that was not confirmed begins anew.
    Invalidator invalidator = world.invalidator();
    return invalidator.is(Phase.IDLE)
        ? after
        : after.invalidator(new Invalidator(invalidator.left(), Phase.WRITTEN, false));
  }

  /** Whoever comes first renews; for the others there is nothing to do. */
  private @Nullable World connect(World world) {
    return world.connected()
        ? null
        : world.redis(world.redis().connected(protocol.guards())).connected(true);
  }

  private @Nullable World doLate(World world, int index) {
    if (index >= world.late().size()) {
      return null;
    }
    List<Command> rest = new ArrayList<>(world.late());
    Command command = rest.remove(index);
    return world.redis(command.on(world.redis(), protocol.guards())).late(List.copyOf(rest));
  }
}
