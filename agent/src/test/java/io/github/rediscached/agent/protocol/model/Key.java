package io.github.rediscached.agent.protocol.model;

/** A key of which Redis may lose the value at any time: evicted, or expired. */
enum Key {
  LEASE,
  NAMESPACE,
  /** The version of the cache, or of a tag from the arguments: the protocol treats both alike. */
  SCOPE,
  /** The version of what was deleted by pattern. */
  PATTERN,
  /** The version of the tag that only the result tells. */
  RESULT_TAG,
  /** The version of all that was invalidated by tag. */
  TAGS,
  COUNTER,
  /** The {@code run_id} in {@code ns:~r}. */
  RUN_ID,
  ENTRY
}
