package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.protocol.model.Command.Invalidation;
import io.github.rediscached.agent.protocol.model.Invalidator.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a method with {@code @RedisEvict} does. */
final class InvalidatorSteps {

  private final Scenario scenario;
  private final Protocol protocol;

  InvalidatorSteps(Scenario scenario, Protocol protocol) {
    this.scenario = scenario;
    this.protocol = protocol;
  }

  List<Step> steps() {
    Step write = new Step("the invalidator writes to the database", this::write);
    if (scenario.invalidation() != Invalidation.PATTERN) {
      String name = "the invalidator invalidates " + scenario.invalidation();
      return List.of(
          write,
          new Step(name + " and returns", this::invalidate),
          new Step(name + " without an answer", this::invalidateUnanswered),
          new Step(name + " twice, the second time late, and returns", this::invalidateLate));
    }
    boolean versionFirst = protocol.has(Guard.PATTERN_VERSION_FIRST);
    return List.of(
        write,
        versionFirst
            ? new Step(
                "the invalidator unlinks the pattern version",
                world -> unlinkVersion(world, Phase.WRITTEN, Phase.PATTERN_UNLINKED))
            : new Step(
                "the invalidator unlinks the pattern version and returns",
                world -> unlinkVersion(world, Phase.SCANNED, Phase.IDLE)),
        new Step(
            "the invalidator begins to scan",
            world -> scan(world, versionFirst ? Phase.PATTERN_UNLINKED : Phase.WRITTEN)),
        new Step("the scan returns the entry", this::see),
        new Step("the invalidator unlinks the entry", this::unlinkSeen),
        new Step(
            versionFirst ? "the scan ends and the invalidator returns" : "the scan ends",
            world -> endScan(world, versionFirst ? Phase.IDLE : Phase.SCANNED)));
  }

  private @Nullable World write(World world) {
    Invalidator invalidator = world.invalidator();
    return invalidator.is(Phase.IDLE) && invalidator.left() > 0
        ? world.database(world.database() + 1).invalidator(invalidator.wrote())
        : null;
  }

  private @Nullable World invalidate(World world) {
    Invalidator invalidator = world.invalidator();
    boolean due = invalidator.is(Phase.WRITTEN) || invalidator.is(Phase.UNANSWERED);
    return due && world.connected() ? returned(invalidated(world)) : null;
  }

  /** It will be sent again. */
  private @Nullable World invalidateUnanswered(World world) {
    Invalidator invalidator = world.invalidator();
    return invalidator.is(Phase.WRITTEN) && world.connected()
        ? invalidated(world).invalidator(invalidator.now(Phase.UNANSWERED))
        : null;
  }

  private World invalidated(World world) {
    return world.redis(scenario.invalidation().on(world.redis(), protocol.guards()));
  }

  private @Nullable World invalidateLate(World world) {
    World after = world.mayBeLate() ? invalidate(world) : null;
    return after == null ? null : after.timedOut(scenario.invalidation());
  }

  private @Nullable World unlinkVersion(World world, Phase when, Phase then) {
    if (!world.invalidator().is(when) || !world.connected()) {
      return null;
    }
    World after = world.redis(Invalidation.PATTERN.on(world.redis(), protocol.guards()));
    return then == Phase.IDLE ? returned(after) : after.invalidator(world.invalidator().now(then));
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
    return world.invalidator(world.invalidator().now(Phase.SEEN));
  }

  private @Nullable World unlinkSeen(World world) {
    if (!world.invalidator().is(Phase.SEEN) || !world.connected()) {
      return null;
    }
    return world
        .invalidator(world.invalidator().now(Phase.SCANNING))
        .redis(world.redis().with(null));
  }

  /** Not before it has returned every key that was there all the time. */
  private @Nullable World endScan(World world, Phase then) {
    if (!world.invalidator().is(Phase.SCANNING)
        || !world.connected()
        || world.invalidator().mustSee()) {
      return null;
    }
    return then == Phase.IDLE ? returned(world) : world.invalidator(world.invalidator().now(then));
  }

  private static World returned(World world) {
    return world.invalidator(world.invalidator().now(Phase.IDLE)).promised(world.database());
  }
}
