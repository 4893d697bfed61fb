package io.github.rediscached.agent.protocol.model;

import java.util.Set;

/**
 * What an acquire answered: under which lease a load may store, and with which versions.
 *
 * @param counter as it was then
 */
record Load(int token, int namespace, int scope, int pattern, int tags, int counter) {

  static Load answeredBy(Redis redis) {
    return new Load(
        redis.lease(),
        redis.namespace(),
        redis.scope(),
        redis.pattern(),
        redis.tags(),
        redis.counter());
  }

  boolean current(Redis redis, Set<Guard> guards) {
    return Redis.same(redis.namespace(), namespace, guards)
        && Redis.same(redis.scope(), scope, guards)
        && Redis.same(redis.pattern(), pattern, guards);
  }

  boolean sameVersions(Load other) {
    return namespace == other.namespace && scope == other.scope && pattern == other.pattern;
  }

  /** Whether no tag at all was invalidated since this load began. */
  boolean noTagInvalidated(Redis redis) {
    return redis.tags() == tags;
  }

  /** Whether the tag that the result names is as it was when this load began. */
  boolean hasSeen(int resultTag, Set<Guard> guards) {
    boolean epoch =
        !guards.contains(Guard.RESULT_TAG_EPOCH) || Redis.epoch(resultTag) == Redis.epoch(counter);
    boolean number =
        !guards.contains(Guard.RESULT_TAG_NUMBER)
            || Redis.number(resultTag) <= Redis.number(counter);
    return epoch && number;
  }
}
