package io.github.rediscached.agent.codec;

/** Thrown by {@link GraphCopier} and serializers: each caller has to read the bytes instead. */
final class NotCopyable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotCopyable() {
    super(null, null, false, false);
  }
}
