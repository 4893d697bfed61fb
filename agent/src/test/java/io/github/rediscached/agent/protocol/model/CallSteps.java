package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.protocol.model.Call.Phase;
import io.github.rediscached.agent.protocol.model.Command.Acquire;
import io.github.rediscached.agent.protocol.model.Command.Release;
import io.github.rediscached.agent.protocol.model.Command.Simple;
import io.github.rediscached.agent.protocol.model.Command.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the cached method does. That its JVM may end at any point needs no step: it is a
 * world in which the caller takes no further ones.
 */
final class CallSteps {

  private final Scenario scenario;
  private final Model model;
  private final int index;
  private final String name;

  CallSteps(Scenario scenario, Model model, int index) {
    this.scenario = scenario;
    this.model = model;
    this.index = index;
    this.name = "caller " + (char) ('A' + index) + " ";
  }

  List<Step> steps() {
    return List.of(
        new Step(name + "starts and reads", this::mayRead, this::read),
        new Step(
            name + "starts and has a hit that it refreshes",
            this::mayRefresh,
            (world, answer) -> hitAndGoOn(world, answer.hit(), true)),
        // It expected a miss, and has asked for both; the entry may be gone when it acquires.
        new Step(
            name + "starts and has a hit, and asks for the lease all the same",
            this::mayRefresh,
            (world, answer) -> hitAndGoOn(world, answer.hit(), false)),
        new Step(
            name + "acquires",
            world -> mayAcquire(world) ? acquireOf(call(world)) : null,
            this::acquired),
        Step.elsewhere(name + "acquires without an answer, and runs uncached", this::acquireLate),
        Step.elsewhere(name + "loads from the database", this::load),
        Step.elsewhere(name + "takes the value of the load it has waited for", this::take),
        new Step(name + "stores", this::storeOf, this::stored),
        Step.elsewhere(name + "stores without an answer", this::storeLate),
        new Step(
            name + "fails and gives the lease back",
            this::releaseOf,
            (world, answer) -> world.call(index, call(world).finished())));
  }

  private @Nullable Command mayRead(World world) {
    Call call = call(world);
    boolean may = call.is(Phase.IDLE) && call.made() < scenario.calls(index) && world.connected();
    return may ? Simple.READ : null;
  }

  private @Nullable Command mayRefresh(World world) {
    return scenario.refresh() ? mayRead(world) : null;
  }

  private World read(World world, Answer answer) {
    Call call = call(world);
    Entry hit = answer.hit();
    if (hit != null) {
      return world.call(index, call.finished()).answered(hit.value(), world.promised());
    }
    Entry seen = world.redis().entry();
    return world.call(index, call.missed(seen == null ? 0 : seen.token(), world.promised()));
  }

  private @Nullable World hitAndGoOn(World world, @Nullable Entry hit, boolean refreshes) {
    return hit == null
        ? null
        : world
            .call(index, call(world).missed(refreshes ? hit.token() : 0, world.promised()))
            .answered(hit.value(), world.promised());
  }

  private boolean mayAcquire(World world) {
    return call(world).is(Phase.MISSED) && world.connected();
  }

  private World acquired(World world, Answer answer) {
    AcquiredLease lease = answer.lease();
    // Where another entry was stored it reads again, as the next call does.
    return world.call(
        index,
        lease == null
            ? call(world).finished()
            : call(world).acquired(lease, answer.says("granted")));
  }

  private @Nullable World acquireLate(World world) {
    return mayAcquire(world) && world.mayBeLate()
        ? world.timedOut(acquireOf(call(world))).call(index, call(world).finished())
        : null;
  }

  private Acquire acquireOf(Call call) {
    return new Acquire(Model.callToken(index, call.made()), call.known(), false);
  }

  /** Also a waiter's, when it has waited long enough, or when it must not wait. */
  private @Nullable World load(World world) {
    Call call = call(world);
    AcquiredLease lease = call.lease();
    if (lease == null || !(call.is(Phase.GRANTED) || call.is(Phase.TAKEN))) {
      return null;
    }
    return world.call(
        index, Model.isPut(lease.token()) ? call.finished() : call.loaded(world.database()));
  }

  private @Nullable World take(World world) {
    Call call = call(world);
    AcquiredLease answer = call.lease();
    Call other = world.calls().get(1 - index);
    AcquiredLease loading = other.lease();
    if (!scenario.oneJvm() || !call.is(Phase.TAKEN) || answer == null || loading == null) {
      return null;
    }
    if (other.value() < 0 || !waitsFor(loading, answer)) {
      return null;
    }
    if (scenario.resultTagged()
        && model.has(Guard.WAITER_TAKES_RESULT_TAGS_FROM_STORED)
        && !other.stored()) {
      return null;
    }
    return world.call(index, call.finished()).answered(other.value(), call.promised());
  }

  private boolean waitsFor(AcquiredLease loading, AcquiredLease answer) {
    return (loading.token() == answer.token() || !model.has(Guard.WAITER_CHECKS_TOKEN))
        && (loading.sameVersions(answer) || !model.has(Guard.WAITER_CHECKS_VERSIONS));
  }

  private @Nullable Store storeOf(World world) {
    Call call = call(world);
    AcquiredLease lease = call.lease();
    return call.is(Phase.LOADED) && lease != null && world.connected()
        ? new Store(lease, call.value(), scenario.resultTagged())
        : null;
  }

  private World stored(World world, Answer answer) {
    return world.call(index, finished(call(world), answer.says("stored")));
  }

  private @Nullable World storeLate(World world) {
    Store store = storeOf(world);
    return store != null && world.mayBeLate()
        ? world.timedOut(store).call(index, finished(call(world), false))
        : null;
  }

  private Call finished(Call call, boolean stored) {
    return scenario.oneJvm() ? call.stored(stored) : call.finished();
  }

  private @Nullable Release releaseOf(World world) {
    Store store = storeOf(world);
    return store == null ? null : new Release(store.lease().token());
  }

  private Call call(World world) {
    return world.calls().get(index);
  }
}
