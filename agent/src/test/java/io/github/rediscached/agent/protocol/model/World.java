package io.github.rediscached.agent.protocol.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state of everything.
 *
 * @param snapshot of Redis, if one was taken
 * @param connected whether the connections to this process of Redis have been made
 * @param database the version that it holds
 * @param promised the version that every call that starts now must see
 * @param late commands that timed out and may yet be done
 * @param stale what a caller got against the promise; null while all is well
 */
record World(
    RedisState redis,
    @Nullable RedisState snapshot,
    boolean connected,
    int database,
    int promised,
    List<Call> calls,
    Invalidator invalidator,
    List<PutCall> puts,
    List<Command> late,
    Faults faults,
    @Nullable String stale) {

  static World of(RedisState redis, Scenario scenario) {
    return new World(
        redis,
        null,
        true,
        0,
        0,
        Collections.nCopies(2, Call.none()),
        Invalidator.of(scenario.writes()),
        Collections.nCopies(scenario.puts(), PutCall.none()),
        List.of(),
        scenario.faults(),
        null);
  }

  World redis(RedisState next) {
    if (next.equals(redis)) {
      return this;
    }
    return new World(
        next,
        snapshot,
        connected,
        database,
        promised,
        calls,
        next.entry() == null ? invalidator.missedEntry() : invalidator,
        puts,
        late,
        faults,
        stale);
  }

  World snapshot(@Nullable RedisState copy) {
    return new World(
        redis, copy, connected, database, promised, calls, invalidator, puts, late, faults, stale);
  }

  /** Commands that were on their way are lost with the connections. */
  World connected(boolean whether) {
    return new World(
        redis,
        snapshot,
        whether,
        database,
        promised,
        calls,
        invalidator,
        puts,
        List.of(),
        faults,
        stale);
  }

  World database(int version) {
    return new World(
        redis,
        snapshot,
        connected,
        version,
        promised,
        calls,
        invalidator,
        puts,
        late,
        faults,
        stale);
  }

  World promised(int version) {
    return new World(
        redis,
        snapshot,
        connected,
        database,
        Math.max(promised, version),
        calls,
        invalidator,
        puts,
        late,
        faults,
        stale);
  }

  World call(int index, Call call) {
    return new World(
        redis,
        snapshot,
        connected,
        database,
        promised,
        replaced(calls, index, call),
        invalidator,
        puts,
        late,
        faults,
        stale);
  }

  World invalidator(Invalidator next) {
    return new World(
        redis, snapshot, connected, database, promised, calls, next, puts, late, faults, stale);
  }

  World put(int index, PutCall put) {
    return new World(
        redis,
        snapshot,
        connected,
        database,
        promised,
        calls,
        invalidator,
        replaced(puts, index, put),
        late,
        faults,
        stale);
  }

  World late(List<Command> commands) {
    return new World(
        redis,
        snapshot,
        connected,
        database,
        promised,
        calls,
        invalidator,
        puts,
        commands,
        faults,
        stale);
  }

  World faults(Faults left) {
    return new World(
        redis,
        snapshot,
        connected,
        database,
        promised,
        calls,
        invalidator,
        puts,
        late,
        left,
        stale);
  }

  /** A caller gets this value, and must see at least that version. */
  World answered(int value, int least) {
    if (value >= least) {
      return this;
    }
    return new World(
        redis,
        snapshot,
        connected,
        database,
        promised,
        calls,
        invalidator,
        puts,
        late,
        faults,
        "got version " + value + " where " + least + " was promised");
  }

  boolean mayBeLate() {
    return faults.late() > 0;
  }

  World timedOut(Command command) {
    List<Command> commands = new ArrayList<>(late);
    commands.add(command);
    return late(List.copyOf(commands)).faults(faults.late(faults.late() - 1));
  }

  private static <T> List<T> replaced(List<T> list, int index, T element) {
    List<T> copy = new ArrayList<>(list);
    copy.set(index, element);
    return List.copyOf(copy);
  }
}
