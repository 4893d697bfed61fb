package io.github.rediscached.agent.call;

import org.jspecify.annotations.Nullable;

/**
 * Says of the values that one call finds whether they may be given to it. A method's results may
 * all be given ({@link #ALL}); an HTTP response may be for requests with other headers, or the
 * request may want a newer one. A look-up asks it on the caller's thread. Never throws.
 */
public interface Judge {

  /** What is to be done with a value. */
  enum Verdict {
    /** Give it. */
    HIT,
    /** Load a new one, with this one at hand. */
    STALE,
    /** It is for other calls; the caller of the look-up knows where to look next. */
    ANOTHER
  }

  /** Results of methods. */
  Judge ALL =
      new Judge() {
        @Override
        public Verdict verdictOn(@Nullable Object value) {
          return Verdict.HIT;
        }
      };

  /** Judges a value whose TTL is not over. */
  Verdict verdictOn(@Nullable Object value);

  /** Whether the call may wait for another one that loads the same, asked each time it would. */
  default boolean mayWait() {
    return true;
  }

  /**
   * Whether a value may be given though its time is over, so that this call does not wait for
   * another one that loads it anew.
   */
  default boolean servesStale(@Nullable Object value) {
    return false;
  }
}
