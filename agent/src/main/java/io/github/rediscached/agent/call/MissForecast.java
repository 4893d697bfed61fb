package io.github.rediscached.agent.call;

/**
 * Whether Redis will probably have no entry for the next call of a method: a counter of two bits,
 * as processors foretell branches (J. E. Smith: A Study of Branch Prediction Strategies, ISCA
 * 1981). Threads may overwrite what others count; a wrong forecast costs Redis a short script, or
 * the caller a round trip.
 */
final class MissForecast {

  private static final int LIKELY = 2;
  private static final int CERTAIN = 3;

  private int counter;

  boolean isLikely() {
    return counter >= LIKELY;
  }

  /** Learns from a look-up. */
  void saw(Lookup lookup) {
    int before = counter;
    if (lookup.isVoid()) {
      if (before < CERTAIN) {
        counter = before + 1;
      }
    } else if (before > 0) {
      counter = before - 1;
    }
  }
}
