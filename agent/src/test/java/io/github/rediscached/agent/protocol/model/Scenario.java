package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.protocol.model.Command.Unlink;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who takes part. Each scenario is walked through completely.
 *
 * @param invalidation how the invalidator, if there is one, tells what it wrote
 * @param resultTagged whether the value names a tag that nobody knows before
 * @param oneJvm whether all callers live in one JVM, where one waits for the load of another
 * @param refresh whether a hit may begin a load
 * @param calls of the first of two callers; the second one makes one fewer, but one at least
 * @param writes of the invalidator
 * @param puts threads that write with {@code @RedisPut}
 * @param split whether the two keys of the invalidation are unlinked one after the other
 * @param faults that may happen
 */
record Scenario(
    String name,
    Unlink invalidation,
    boolean resultTagged,
    boolean oneJvm,
    boolean refresh,
    int calls,
    int writes,
    int puts,
    boolean split,
    Faults faults) {

  static Scenario of(Unlink invalidation) {
    boolean resultTagged = invalidation == Unlink.TAG_OF_RESULT;
    return new Scenario(
        invalidation.toString(),
        invalidation,
        resultTagged,
        false,
        false,
        2,
        1,
        0,
        false,
        Faults.NONE);
  }

  static Scenario ofPuts(int puts) {
    return new Scenario(
        puts + " PUTS", Unlink.KEY, false, false, false, 1, 0, puts, false, Faults.NONE);
  }

  Scenario inOneJvm() {
    return new Scenario(
        name + " in one JVM",
        invalidation,
        resultTagged,
        true,
        refresh,
        calls,
        writes,
        puts,
        split,
        faults);
  }

  Scenario withRefresh() {
    return new Scenario(
        name + " with refresh",
        invalidation,
        resultTagged,
        oneJvm,
        true,
        calls,
        writes,
        puts,
        split,
        faults);
  }

  Scenario withResultTag() {
    return new Scenario(
        name + " with a tag of the result",
        invalidation,
        true,
        oneJvm,
        refresh,
        calls,
        writes,
        puts,
        split,
        faults);
  }

  /** Of an invalidation with two keys. */
  Scenario inParts() {
    return new Scenario(
        name + " in parts",
        invalidation,
        resultTagged,
        oneJvm,
        refresh,
        calls,
        writes,
        puts,
        true,
        faults);
  }

  Scenario withCalls(int count) {
    return new Scenario(
        name, invalidation, resultTagged, oneJvm, refresh, count, writes, puts, split, faults);
  }

  Scenario writes(int count) {
    return new Scenario(
        name, invalidation, resultTagged, oneJvm, refresh, calls, count, puts, split, faults);
  }

  Scenario faults(Faults allowed) {
    return new Scenario(
        name, invalidation, resultTagged, oneJvm, refresh, calls, writes, puts, split, allowed);
  }

  int calls(int caller) {
    return Math.max(1, calls - caller);
  }

  /** Those that anything in it depends on. */
  Set<Key> keys() {
    Set<Key> keys = EnumSet.allOf(Key.class);
    if (!resultTagged) {
      keys.removeAll(EnumSet.of(Key.RESULT_TAG, Key.TAGS));
    }
    if (faults.restarts() == 0) {
      keys.remove(Key.RUN_ID);
    }
    return keys;
  }

  @Override
  public String toString() {
    return name + ", " + calls + " calls, " + faults;
  }
}
