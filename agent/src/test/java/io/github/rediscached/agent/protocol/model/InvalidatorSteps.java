package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.protocol.model.Command.Simple;
import io.github.rediscached.agent.protocol.model.Command.Unlink;
import io.github.rediscached.agent.protocol.model.Command.UnlinkPart;
import io.github.rediscached.agent.protocol.model.Invalidator.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a method with {@code @RedisEvict} does. */
final class InvalidatorSteps {

  private final Scenario scenario;
  private final Model model;

  InvalidatorSteps(Scenario scenario, Model model) {
    this.scenario = scenario;
    this.model = model;
  }

  List<Step> steps() {
    Step write = Step.elsewhere("the invalidator writes to the database", this::write);
    if (scenario.split()) {
      String name = "the invalidator unlinks of " + scenario.invalidation();
      return List.of(
          write,
          new Step(
              name + " the first key",
              world -> when(world, Phase.WRITTEN, new UnlinkPart(scenario.invalidation(), 0)),
              (world, answer) -> now(world, Phase.HALF_UNLINKED)),
          new Step(
              name + " the second key and returns",
              world -> when(world, Phase.HALF_UNLINKED, new UnlinkPart(scenario.invalidation(), 1)),
              (world, answer) -> returned(world)),
          new Step(
              name + " the second key without an answer",
              world -> when(world, Phase.HALF_UNLINKED, new UnlinkPart(scenario.invalidation(), 1)),
              (world, answer) -> now(world, Phase.UNANSWERED)),
          Step.elsewhere(
              name + " the first key only",
              world ->
                  world.invalidator().is(Phase.HALF_UNLINKED)
                      ? now(world, Phase.UNANSWERED)
                      : null),
          new Step(
              name + " both keys, since one was not confirmed, and returns",
              world -> when(world, Phase.UNANSWERED, scenario.invalidation()),
              (world, answer) -> returned(world)));
    }
    if (scenario.invalidation() != Unlink.PATTERN) {
      String name = "the invalidator invalidates " + scenario.invalidation();
      return List.of(
          write,
          new Step(
              name + " and returns",
              world -> isDue(world) ? scenario.invalidation() : null,
              (world, answer) -> returned(world)),
          // It will be sent again.
          new Step(
              name + " without an answer",
              world -> when(world, Phase.WRITTEN, scenario.invalidation()),
              (world, answer) -> now(world, Phase.UNANSWERED)),
          new Step(
              name + " twice, the second time late, and returns",
              world -> isDue(world) && world.mayBeLate() ? scenario.invalidation() : null,
              (world, answer) -> returned(world).timedOut(scenario.invalidation())));
    }
    boolean versionFirst = model.has(Guard.PATTERN_VERSION_FIRST);
    return List.of(
        write,
        versionFirst
            ? new Step(
                "the invalidator unlinks the pattern version",
                world -> when(world, Phase.WRITTEN, Unlink.PATTERN),
                (world, answer) -> now(world, Phase.PATTERN_UNLINKED))
            : new Step(
                "the invalidator unlinks the pattern version and returns",
                world -> when(world, Phase.SCANNED, Unlink.PATTERN),
                (world, answer) -> returned(world)),
        Step.elsewhere(
            "the invalidator begins to scan",
            world -> scan(world, versionFirst ? Phase.PATTERN_UNLINKED : Phase.WRITTEN)),
        Step.elsewhere("the scan returns the entry", this::see),
        new Step(
            "the invalidator unlinks the entry",
            world -> when(world, Phase.SEEN, Simple.UNLINK_ENTRY),
            (world, answer) -> now(world, Phase.SCANNING)),
        Step.elsewhere(
            versionFirst ? "the scan ends and the invalidator returns" : "the scan ends",
            world -> endScan(world, versionFirst ? Phase.IDLE : Phase.SCANNED)));
  }

  private @Nullable World write(World world) {
    Invalidator invalidator = world.invalidator();
    return invalidator.is(Phase.IDLE) && invalidator.left() > 0
        ? world.database(world.database() + 1).invalidator(invalidator.wrote())
        : null;
  }

  private static boolean isDue(World world) {
    Invalidator invalidator = world.invalidator();
    return (invalidator.is(Phase.WRITTEN) || invalidator.is(Phase.UNANSWERED)) && world.connected();
  }

  private static @Nullable Command when(World world, Phase phase, Command command) {
    return world.invalidator().is(phase) && world.connected() ? command : null;
  }

  private static World now(World world, Phase phase) {
    return world.invalidator(world.invalidator().now(phase));
  }

  private @Nullable World scan(World world, Phase when) {
    if (!world.invalidator().is(when) || !world.connected()) {
      return null;
    }
    return world.invalidator(world.invalidator().scanning(world.redis().entry() != null));
  }

  /** A key that comes while the scan runs may be returned or not. */
  private @Nullable World see(World world) {
    if (!world.invalidator().is(Phase.SCANNING)
        || !world.connected()
        || world.redis().entry() == null) {
      return null;
    }
    return now(world, Phase.SEEN);
  }

  /** Not before it has returned every key that was there all the time. */
  private @Nullable World endScan(World world, Phase then) {
    if (!world.invalidator().is(Phase.SCANNING)
        || !world.connected()
        || world.invalidator().mustSee()) {
      return null;
    }
    return then == Phase.IDLE ? returned(world) : now(world, then);
  }

  private static World returned(World world) {
    return now(world, Phase.IDLE).promised(world.database());
  }
}
