package io.github.rediscached.agent.protocol.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state of everything.
 *
 * @param database the version that it holds
 * @param promised the version that every call that starts now must see
 * @param late commands that timed out and may yet be done
 * @param stale what a caller got against the promise; null while all is well
 */
record World(
    RedisState redis,
    Faults faults,
    int database,
    int promised,
    List<Call> calls,
    Invalidator invalidator,
    List<PutCall> puts,
    List<Command> late,
    @Nullable String stale) {

  static World of(RedisState redis, Scenario scenario) {
    return new World(
        redis,
        scenario.faults(),
        0,
        0,
        Collections.nCopies(2, Call.none()),
        Invalidator.of(scenario.writes()),
        Collections.nCopies(scenario.puts(), PutCall.none()),
        List.of(),
        null);
  }

  World redis(RedisState next) {
    if (next.equals(redis)) {
      return this;
    }
    Invalidator then = next.entry() == null ? invalidator.missedEntry() : invalidator;
    return new World(next, faults, database, promised, calls, then, puts, late, stale);
  }

  World faults(Faults next) {
    return new World(redis, next, database, promised, calls, invalidator, puts, late, stale);
  }

  World database(int version) {
    return new World(redis, faults, version, promised, calls, invalidator, puts, late, stale);
  }

  World promised(int version) {
    int most = Math.max(promised, version);
    return new World(redis, faults, database, most, calls, invalidator, puts, late, stale);
  }

  World call(int index, Call call) {
    List<Call> all = replaced(calls, index, call);
    return new World(redis, faults, database, promised, all, invalidator, puts, late, stale);
  }

  World invalidator(Invalidator next) {
    return new World(redis, faults, database, promised, calls, next, puts, late, stale);
  }

  World put(int index, PutCall put) {
    List<PutCall> all = replaced(puts, index, put);
    return new World(redis, faults, database, promised, calls, invalidator, all, late, stale);
  }

  World late(List<Command> commands) {
    return new World(redis, faults, database, promised, calls, invalidator, puts, commands, stale);
  }

  /** A caller gets this value, and must see at least that version. */
  World answered(int value, int least) {
    String wrong =
        value >= least ? stale : "got version " + value + " where " + least + " was promised";
    return new World(redis, faults, database, promised, calls, invalidator, puts, late, wrong);
  }

  boolean connected() {
    return faults.connected();
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
