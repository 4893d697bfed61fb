package io.github.rediscached.agent.codec;

/** Ends a copy: the value is to be read from its bytes instead. */
final class NotCopyable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotCopyable() {
    super(null, null, false, false);
  }
}
