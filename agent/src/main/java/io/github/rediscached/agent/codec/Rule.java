package io.github.rediscached.agent.codec;

/**
 * How the values of some classes are written and read. Immutable, so it is shared by all threads.
 */
abstract class Rule {

  /** What becomes of a value that a graph refers to more than once. */
  enum Identity {
    /** Written again each time; for values without children of which nobody asks the identity. */
    NONE,
    /** Written once. When read it exists before its children, so these may refer back to it. */
    EARLY,
    /** Written once. It is built from its children, so these can't refer back to it. */
    LATE
  }

  final Identity identity;

  Rule(Identity identity) {
    this.identity = identity;
  }

  /**
   * Writes what the class alone does not say.
   *
   * @throws Refusal if the value can't be written
   */
  abstract void write(GraphWriter writer, Object value);

  /**
   * Reads what {@link #write} wrote. A rule with early identity calls {@link GraphReader#place}
   * before it reads children.
   *
   * @param type the class that was written, or for a built-in one the class that stands for it
   */
  abstract Object read(GraphReader reader, Class<?> type);

  /**
   * Copies a value that was read, such that nobody can tell the copy from one that is read again.
   * Does not change the value, which several threads copy at once, and runs no code of the
   * application that reading does not run.
   *
   * @return the value itself if neither it nor anything in it can be changed
   * @throws NotCopyable if that can't be done, or only in the time that reading takes
   */
  Object copy(GraphCopier copier, Object value) {
    throw new NotCopyable();
  }
}
