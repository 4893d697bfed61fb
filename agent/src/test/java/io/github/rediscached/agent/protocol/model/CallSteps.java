package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.protocol.model.Call.Phase;
import io.github.rediscached.agent.protocol.model.Command.Acquire;
import io.github.rediscached.agent.protocol.model.Command.Release;
import io.github.rediscached.agent.protocol.model.Command.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the cached method does. That its JVM may end at any point needs no step: it is a
 * world in which the caller takes no further ones.
 */
final class CallSteps {

  private final Scenario scenario;
  private final Protocol protocol;
  private final int index;
  private final String name;

  CallSteps(Scenario scenario, Protocol protocol, int index) {
    this.scenario = scenario;
    this.protocol = protocol;
    this.index = index;
    this.name = "caller " + (char) ('A' + index) + " ";
  }

  List<Step> steps() {
    return List.of(
        new Step(name + "starts and reads", this::read),
        new Step(name + "starts and has a hit that it refreshes", this::refresh),
        new Step(
            name + "starts and has a hit, and asks for the lease all the same", this::hitAhead),
        new Step(name + "acquires", this::acquire),
        new Step(name + "acquires without an answer, and runs uncached", this::acquireLate),
        new Step(name + "loads from the database", this::load),
        new Step(name + "takes the value of the load it has waited for", this::take),
        new Step(name + "stores", this::store),
        new Step(name + "stores without an answer", this::storeLate),
        new Step(name + "fails and gives the lease back", this::fail));
  }

  private @Nullable World read(World world) {
    Call call = call(world);
    if (!startable(world, call)) {
      return null;
    }
    Entry hit = world.redis().hit(protocol.guards());
    if (hit == null) {
      return world.call(index, call.missed(0, world.promised()));
    }
    return world.call(index, call.finished()).answered(hit.value(), world.promised());
  }

  private @Nullable World refresh(World world) {
    Entry hit = world.redis().hit(protocol.guards());
    return hit == null ? null : hitAndGoOn(world, hit, hit.token());
  }

  /** It expected a miss, and has asked for both; the entry may be gone when it acquires. */
  private @Nullable World hitAhead(World world) {
    Entry hit = world.redis().hit(protocol.guards());
    return hit == null ? null : hitAndGoOn(world, hit, 0);
  }

  private @Nullable World hitAndGoOn(World world, Entry hit, int known) {
    Call call = call(world);
    if (!scenario.refresh() || !startable(world, call)) {
      return null;
    }
    return world
        .call(index, call.missed(known, world.promised()))
        .answered(hit.value(), world.promised());
  }

  private boolean startable(World world, Call call) {
    return call.is(Phase.IDLE) && call.made() < scenario.calls(index) && world.connected();
  }

  private @Nullable World acquire(World world) {
    Call call = call(world);
    if (!call.is(Phase.MISSED) || !world.connected()) {
      return null;
    }
    Acquire acquire = acquireOf(call);
    Redis redis = acquire.on(world.redis(), protocol.guards());
    if (acquire.changed(redis, protocol.guards())) {
      // It reads again, as the next call does.
      return world.redis(redis).call(index, call.finished());
    }
    boolean granted = redis.lease() == acquire.token();
    return world.redis(redis).call(index, call.acquired(Load.answeredBy(redis), granted));
  }

  private @Nullable World acquireLate(World world) {
    Call call = call(world);
    if (!call.is(Phase.MISSED) || !world.connected() || !world.mayBeLate()) {
      return null;
    }
    return world.timedOut(acquireOf(call)).call(index, call.finished());
  }

  private Acquire acquireOf(Call call) {
    return new Acquire(Protocol.callToken(index, call.made()), call.known());
  }

  /** Also a waiter's, when it has waited long enough, or when it must not wait. */
  private @Nullable World load(World world) {
    Call call = call(world);
    Load load = call.load();
    if (load == null || !(call.is(Phase.GRANTED) || call.is(Phase.TAKEN))) {
      return null;
    }
    if (Protocol.isPut(load.token())) {
      return world.call(index, call.finished());
    }
    return world.call(index, call.loaded(world.database()));
  }

  private @Nullable World take(World world) {
    Call call = call(world);
    Load answer = call.load();
    Call other = world.calls().get(1 - index);
    Load load = other.load();
    if (!scenario.oneJvm() || !call.is(Phase.TAKEN) || answer == null || load == null) {
      return null;
    }
    if (other.value() < 0 || !waitsFor(load, answer)) {
      return null;
    }
    if (scenario.resultTagged()
        && protocol.has(Guard.WAITER_TAKES_RESULT_TAGS_FROM_STORED)
        && !other.stored()) {
      return null;
    }
    return world.call(index, call.finished()).answered(other.value(), call.promised());
  }

  private boolean waitsFor(Load load, Load answer) {
    return (load.token() == answer.token() || !protocol.has(Guard.WAITER_CHECKS_TOKEN))
        && (load.sameVersions(answer) || !protocol.has(Guard.WAITER_CHECKS_VERSIONS));
  }

  private @Nullable World store(World world) {
    Call call = call(world);
    Load load = call.load();
    if (!call.is(Phase.LOADED) || load == null || !world.connected()) {
      return null;
    }
    Store store = new Store(load, call.value(), scenario.resultTagged());
    Redis redis = store.on(world.redis(), protocol.guards());
    return world.redis(redis).call(index, finished(call, store.stored(world.redis(), redis)));
  }

  private @Nullable World storeLate(World world) {
    Call call = call(world);
    Load load = call.load();
    if (!call.is(Phase.LOADED) || load == null || !world.connected() || !world.mayBeLate()) {
      return null;
    }
    return world
        .timedOut(new Store(load, call.value(), scenario.resultTagged()))
        .call(index, finished(call, false));
  }

  private Call finished(Call call, boolean stored) {
    return scenario.oneJvm() ? call.stored(stored) : call.finished();
  }

  private @Nullable World fail(World world) {
    Call call = call(world);
    Load load = call.load();
    if (!call.is(Phase.LOADED) || load == null || !world.connected()) {
      return null;
    }
    return world
        .redis(new Release(load.token()).on(world.redis(), protocol.guards()))
        .call(index, call.finished());
  }

  private Call call(World world) {
    return world.calls().get(index);
  }
}
