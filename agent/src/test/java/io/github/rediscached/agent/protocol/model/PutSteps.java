package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.protocol.model.Command.Invalidation;
import io.github.rediscached.agent.protocol.model.Command.Store;
import io.github.rediscached.agent.protocol.model.Command.StorePut;
import io.github.rediscached.agent.protocol.model.Command.TakeLease;
import io.github.rediscached.agent.protocol.model.Put.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a method with {@code @RedisPut} does. */
final class PutSteps {

  private final Scenario scenario;
  private final Protocol protocol;
  private final int index;
  private final String name;

  PutSteps(Scenario scenario, Protocol protocol, int index) {
    this.scenario = scenario;
    this.protocol = protocol;
    this.index = index;
    this.name = "put " + (index + 1) + " ";
  }

  List<Step> steps() {
    return List.of(
        new Step(name + "takes the lease", this::takeLease),
        new Step(name + "takes the lease without an answer", this::takeLeaseLate),
        new Step(name + "writes to the database", this::write),
        new Step(name + "stores or unlinks, and returns", this::store),
        new Step(name + "stores or unlinks without an answer", this::storeLate),
        new Step(name + "unlinks and returns", this::unlink));
  }

  private @Nullable World takeLease(World world) {
    if (!mayTakeLease(world)) {
      return null;
    }
    Redis redis = new TakeLease(token()).on(world.redis(), protocol.guards());
    return world.redis(redis).put(index, put(world).asked(Load.answeredBy(redis)));
  }

  private @Nullable World takeLeaseLate(World world) {
    return mayTakeLease(world) && world.mayBeLate()
        ? world.timedOut(new TakeLease(token())).put(index, put(world).asked(null))
        : null;
  }

  private boolean mayTakeLease(World world) {
    Put put = put(world);
    boolean written = put.value() > 0;
    return !put.asked()
        && written != protocol.has(Guard.PUT_TAKES_LEASE_FIRST)
        && world.connected();
  }

  private @Nullable World write(World world) {
    Put put = put(world);
    boolean may = put.asked() == protocol.has(Guard.PUT_TAKES_LEASE_FIRST) && put.value() == 0;
    int version = world.database() + 1;
    return may ? world.database(version).put(index, put.wrote(version)) : null;
  }

  private @Nullable World store(World world) {
    Put put = put(world);
    if (!mayStore(world)) {
      return null;
    }
    Load load = put.load();
    if (load == null) {
      return unconfirmed(world);
    }
    return returned(world.redis(storeOf(load, put).on(world.redis(), protocol.guards())));
  }

  private @Nullable World storeLate(World world) {
    Put put = put(world);
    Load load = put.load();
    return mayStore(world) && load != null && world.mayBeLate()
        ? unconfirmed(world.timedOut(storeOf(load, put)))
        : null;
  }

  private boolean mayStore(World world) {
    Put put = put(world);
    return put.is(Phase.RUNNING) && put.asked() && put.value() > 0 && world.connected();
  }

  private StorePut storeOf(Load load, Put put) {
    return new StorePut(new Store(load, put.value(), scenario.resultTagged()));
  }

  /** Its own JVM runs uncached until Redis has confirmed it. */
  private World unconfirmed(World world) {
    return protocol.has(Guard.PUT_UNLINKS_WHEN_UNCONFIRMED)
        ? world.put(index, put(world).now(Phase.UNCONFIRMED))
        : returned(world);
  }

  private @Nullable World unlink(World world) {
    return put(world).is(Phase.UNCONFIRMED) && world.connected()
        ? returned(world.redis(Invalidation.KEY.on(world.redis(), protocol.guards())))
        : null;
  }

  private World returned(World world) {
    Put put = put(world);
    return world.promised(put.value()).put(index, put.now(Phase.RETURNED));
  }

  private int token() {
    return Protocol.putToken(index);
  }

  private Put put(World world) {
    return world.puts().get(index);
  }
}
