package io.github.rediscached.agent.protocol.model;

/** A key of which Redis may lose the value at any time: evicted, or expired. */
enum Key {
  LEASE(0),
  NAMESPACE(1),
  /** The version of the cache, or of a tag from the arguments: the protocol treats both alike. */
  SCOPE(2),
  /** The version of what was deleted by pattern. */
  PATTERN(3),
  /** The version of the tag that only the result tells. */
  RESULT_TAG(4),
  /** The version of all that was invalidated by tag. */
  TAGS(5),
  COUNTER(6),
  /** The {@code run_id} in {@code ns:~r}. */
  RUN_ID(7),
  ENTRY(8);

  /** In {@link RedisState}, which has the entry elsewhere, and where keys stand in a row. */
  final int place;

  Key(int place) {
    this.place = place;
  }
}
