package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.key.ProtocolKeys;

/**
 * Invalidates by pattern: the entries that match, or where arguments in keys are hashed, so that no
 * pattern could match them, the whole cache that the pattern names. Evictions and JMX use it.
 */
public final class PatternInvalidation {

  private PatternInvalidation() {}

  /**
   * All entries whose keys match, and perhaps more.
   *
   * @param pattern a Redis glob over whole keys
   * @return how many keys were deleted, or {@link Invalidations#WHOLE_CACHES}
   * @throws IllegalArgumentException as {@link Invalidations#pattern} does
   */
  public static long of(Invalidations invalidations, String pattern) {
    ProtocolKeys keys = invalidations.keys();
    byte[] wider = keys.areHashed() ? keys.widerThan(pattern) : null;
    if (wider == null) {
      return invalidations.pattern(pattern);
    }
    invalidations.unlink(invalidations.nothingYet().version(wider));
    return Invalidations.WHOLE_CACHES;
  }
}
