package io.github.rediscached.agent.protocol.model;

/** A key of which Redis may lose the value at any time: evicted, or expired. */
enum Key {
  ENTRY,
  LEASE,
  NAMESPACE,
  SCOPE,
  PATTERN,
  RESULT_TAG,
  TAGS,
  COUNTER,
  RUN_ID;

  Redis lostIn(Redis redis) {
    return switch (this) {
      case ENTRY -> redis.with(null);
      case LEASE -> redis.lease(0);
      case NAMESPACE -> redis.namespace(0);
      case SCOPE -> redis.scope(0);
      case PATTERN -> redis.pattern(0);
      case RESULT_TAG -> redis.resultTag(0);
      case TAGS -> redis.tags(0);
      case COUNTER -> redis.counter(0);
      case RUN_ID -> redis.noted(0);
    };
  }
}
