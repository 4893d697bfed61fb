package io.github.rediscached.agent.protocol.model;

/**
 * What Redis does as one: a command or a script. One that timed out may be done much later. {@link
 * RealRedis} knows what each does.
 */
sealed interface Command {

  /** Commands without a parameter. */
  enum Simple implements Command {
    /** No command: the step happens elsewhere. */
    NONE,
    /** Looks for a hit. */
    READ,
    /** What a new connection does first. */
    CONNECT,
    /** What a deletion by pattern does with a key that it has found. */
    UNLINK_ENTRY,
    /** Takes the lease of another entry that has the tag of the result. */
    ACQUIRE_ANOTHER
  }

  /**
   * Asks for the lease.
   *
   * @param known the token of the entry that the caller has seen and wants to replace; 0 for none
   * @param force for a put: takes it from the holder
   */
  record Acquire(int token, int known, boolean force) implements Command {}

  /** Gives the lease back, without a value. */
  record Release(int token) implements Command {}

  /**
   * Stores what was loaded, if nothing speaks against it.
   *
   * @param resultTagged whether the value names a tag
   */
  record Store(AcquiredLease lease, int value, boolean resultTagged) implements Command {}

  /** The kinds of invalidation that are one command, and the first one of those by pattern. */
  enum Unlink implements Command {
    KEY,
    TAG_OR_CACHE,
    TAG_OF_RESULT,
    EVERYTHING,
    PATTERN
  }

  /**
   * One key of an invalidation that has two. A cluster is told so where a bucket is on its way to
   * another server.
   *
   * @param part 0 for the first key, 1 for the second
   */
  record UnlinkPart(Unlink invalidation, int part) implements Command {}
}
