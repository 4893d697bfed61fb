package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.protocol.model.Command.Acquire;
import io.github.rediscached.agent.protocol.model.Command.Store;
import io.github.rediscached.agent.protocol.model.Command.Unlink;
import io.github.rediscached.agent.protocol.model.PutCall.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a method with {@code @RedisPut} does. */
final class PutSteps {

  private final Scenario scenario;
  private final Model model;
  private final int index;
  private final String name;

  PutSteps(Scenario scenario, Model model, int index) {
    this.scenario = scenario;
    this.model = model;
    this.index = index;
    this.name = "put " + (index + 1) + " ";
  }

  List<Step> steps() {
    return List.of(
        new Step(
            name + "takes the lease",
            world -> mayTakeLease(world) ? takeLease() : null,
            (world, answer) -> world.put(index, put(world).asked(answer.lease()))),
        Step.elsewhere(name + "takes the lease without an answer", this::takeLeaseLate),
        Step.elsewhere(name + "writes to the database", this::write),
        new Step(name + "stores, and returns if it is stored", this::storeOf, this::stored),
        Step.elsewhere(name + "stores without an answer", this::storeLate),
        Step.elsewhere(name + "has no lease to store under", this::storeNothing),
        new Step(
            name + "unlinks and returns",
            world -> put(world).is(Phase.TO_UNLINK) && world.connected() ? Unlink.KEY : null,
            (world, answer) -> returned(world)));
  }

  private Acquire takeLease() {
    return new Acquire(Model.putToken(index), 0, true);
  }

  private @Nullable World takeLeaseLate(World world) {
    return mayTakeLease(world) && world.mayBeLate()
        ? world.timedOut(takeLease()).put(index, put(world).asked(null))
        : null;
  }

  private boolean mayTakeLease(World world) {
    PutCall put = put(world);
    boolean written = put.value() > 0;
    return !put.asked() && written != model.has(Guard.PUT_TAKES_LEASE_FIRST) && world.connected();
  }

  private @Nullable World write(World world) {
    PutCall put = put(world);
    boolean may = put.asked() == model.has(Guard.PUT_TAKES_LEASE_FIRST) && put.value() == 0;
    int version = world.database() + 1;
    return may ? world.database(version).put(index, put.wrote(version)) : null;
  }

  private @Nullable Store storeOf(World world) {
    PutCall put = put(world);
    AcquiredLease lease = put.lease();
    return mayStore(world) && lease != null
        ? new Store(lease, put.value(), scenario.resultTagged())
        : null;
  }

  private boolean mayStore(World world) {
    PutCall put = put(world);
    return put.is(Phase.RUNNING) && put.asked() && put.value() > 0 && world.connected();
  }

  private World stored(World world, Answer answer) {
    if (answer.says("stored")) {
      return returned(world);
    }
    return refused(
        world,
        answer.says("lost") ? Guard.PUT_UNLINKS_WHEN_LEASE_LOST : Guard.PUT_UNLINKS_WHEN_REFUSED);
  }

  private @Nullable World storeLate(World world) {
    Store store = storeOf(world);
    return store != null && world.mayBeLate()
        ? refused(world.timedOut(store), Guard.PUT_UNLINKS_WHEN_UNCONFIRMED)
        : null;
  }

  private @Nullable World storeNothing(World world) {
    return mayStore(world) && put(world).lease() == null
        ? refused(world, Guard.PUT_UNLINKS_WHEN_UNCONFIRMED)
        : null;
  }

  /** Its own JVM runs uncached until Redis has confirmed that the entry is unlinked. */
  private World refused(World world, Guard guard) {
    return model.has(guard) ? world.put(index, put(world).now(Phase.TO_UNLINK)) : returned(world);
  }

  private World returned(World world) {
    PutCall put = put(world);
    return world.promised(put.value()).put(index, put.now(Phase.RETURNED));
  }

  private PutCall put(World world) {
    return world.puts().get(index);
  }
}
