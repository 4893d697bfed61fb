package io.github.rediscached.agent.protocol.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Redis holds. Versions are {@code 100 * epoch + number}; a key that is missing is 0.
 *
 * @param scope the version of a tag that is known from the arguments, or of the cache: the protocol
 *     treats both alike
 * @param pattern the version of what was deleted by pattern
 * @param resultTag the version of the tag that is known only from the result
 * @param tags the version of all that was invalidated by tag
 * @param epochs no key, but what makes each random epoch another one
 * @param process the {@code run_id}
 * @param noted the {@code run_id} in {@code ns:~r}
 */
record Redis(
    @Nullable Entry entry,
    int lease,
    int namespace,
    int scope,
    int pattern,
    int resultTag,
    int tags,
    int counter,
    int epochs,
    int process,
    int noted) {

  private static final int EPOCH = 100;

  static Redis empty() {
    return new Redis(null, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
  }

  /** All versions are there, and nothing else. */
  static Redis warm() {
    return new Redis(null, 0, 101, 102, 103, 104, 105, 105, 1, 1, 1);
  }

  /** With an entry that a load of the first version of the database has stored. */
  Redis filled(boolean resultTagged) {
    return with(new Entry(1, namespace, scope, resultTagged ? resultTag : 0, 0));
  }

  static int epoch(int version) {
    return version / EPOCH;
  }

  static int number(int version) {
    return version % EPOCH;
  }

  /** Whether a version is the one that was seen. */
  static boolean same(int now, int seen, Set<Guard> guards) {
    return now == seen || (now == 0 && !guards.contains(Guard.MISSING_IS_NOT_OLD));
  }

  /** The entry if it is a hit. */
  @Nullable Entry hit(Set<Guard> guards) {
    if (entry == null || !guards.contains(Guard.READ_CHECKS_VERSIONS)) {
      return entry;
    }
    return same(namespace, entry.namespace(), guards)
            && same(scope, entry.scope(), guards)
            && (entry.resultTag() == 0 || same(resultTag, entry.resultTag(), guards))
        ? entry
        : null;
  }

  /** Makes the versions that are missing. */
  Redis madeVersions(Set<Guard> guards) {
    Redis made = madeCounter(guards);
    made = made.namespace == 0 ? made.counted().namespace(made.counter + 1) : made;
    made = made.scope == 0 ? made.counted().scope(made.counter + 1) : made;
    made = made.tags == 0 ? made.counted().tags(made.counter + 1) : made;
    return made.pattern == 0 ? made.counted().pattern(made.counter + 1) : made;
  }

  Redis madeResultTag(Set<Guard> guards) {
    Redis made = madeCounter(guards).counted();
    return made.resultTag(made.counter);
  }

  private Redis madeCounter(Set<Guard> guards) {
    if (counter != 0) {
      return this;
    }
    int epoch = guards.contains(Guard.COUNTER_EPOCH_RENEWED) ? epochs + 1 : 1;
    return new Redis(
        entry,
        lease,
        namespace,
        scope,
        pattern,
        resultTag,
        tags,
        epoch * EPOCH,
        epochs + 1,
        process,
        noted);
  }

  private Redis counted() {
    return counter(counter + 1);
  }

  /** All keys are gone. */
  Redis flushed() {
    return new Redis(null, 0, 0, 0, 0, 0, 0, 0, epochs, process, 0);
  }

  /** This data in the hands of a process that was started just now. */
  Redis restarted(Redis before) {
    return new Redis(
        entry,
        lease,
        namespace,
        scope,
        pattern,
        resultTag,
        tags,
        counter,
        before.epochs,
        before.process + 1,
        noted);
  }

  /** The script that every new connection runs first. */
  Redis connected(Set<Guard> guards) {
    if (noted == process) {
      return this;
    }
    Redis renewed = counter(0).noted(process);
    return guards.contains(Guard.NAMESPACE_RENEWED_ON_NEW_RUN_ID) ? renewed.namespace(0) : renewed;
  }

  Redis with(@Nullable Entry other) {
    return new Redis(
        other, lease, namespace, scope, pattern, resultTag, tags, counter, epochs, process, noted);
  }

  Redis lease(int token) {
    return new Redis(
        entry, token, namespace, scope, pattern, resultTag, tags, counter, epochs, process, noted);
  }

  Redis namespace(int version) {
    return new Redis(
        entry, lease, version, scope, pattern, resultTag, tags, counter, epochs, process, noted);
  }

  Redis scope(int version) {
    return new Redis(
        entry, lease, namespace, version, pattern, resultTag, tags, counter, epochs, process,
        noted);
  }

  Redis pattern(int version) {
    return new Redis(
        entry, lease, namespace, scope, version, resultTag, tags, counter, epochs, process, noted);
  }

  Redis resultTag(int version) {
    return new Redis(
        entry, lease, namespace, scope, pattern, version, tags, counter, epochs, process, noted);
  }

  Redis tags(int version) {
    return new Redis(
        entry, lease, namespace, scope, pattern, resultTag, version, counter, epochs, process,
        noted);
  }

  Redis counter(int version) {
    return new Redis(
        entry, lease, namespace, scope, pattern, resultTag, tags, version, epochs, process, noted);
  }

  Redis noted(int runId) {
    return new Redis(
        entry, lease, namespace, scope, pattern, resultTag, tags, counter, epochs, process, runId);
  }
}
