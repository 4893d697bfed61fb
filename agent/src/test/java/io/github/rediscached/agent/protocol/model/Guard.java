package io.github.rediscached.agent.protocol.model;

import java.util.EnumSet;
import java.util.Set;

/** What the protocol does against one race. Each can be left out, to see the race. */
enum Guard {
  /** An invalidation by key deletes the lease in the same command. */
  LEASE_DELETED_WITH_KEY,
  /** A store needs the lease to hold the token that its acquire answered with. */
  STORE_CHECKS_LEASE,
  /** A store needs all versions to be those that its acquire answered with. */
  STORE_CHECKS_VERSIONS,
  /** An entry is a hit only with the versions that its load began with. */
  READ_CHECKS_VERSIONS,
  /** An invalidation by pattern changes the version of patterns before it scans, not after. */
  PATTERN_VERSION_FIRST,
  /** A tag from the result must not have been made after the acquire. */
  RESULT_TAG_NUMBER,
  /** Numbers are compared within one epoch only. */
  RESULT_TAG_EPOCH,
  /** The version of a tag from the result that was missing may have been invalidated. */
  MISSING_RESULT_TAG_REFUSES_STORE,
  /** Whatever invalidates a tag changes the version of all such invalidations. */
  TAG_INVALIDATIONS_HAVE_A_VERSION,
  /** A version that is missing is another one than any that was seen. */
  MISSING_IS_NOT_OLD,
  /** Whoever connects to another Redis process unlinks the version of the namespace. */
  NAMESPACE_RENEWED_ON_NEW_RUN_ID,
  /** A counter that was lost comes back with an epoch that never was. */
  COUNTER_EPOCH_RENEWED,
  /** A waiter takes the value of a load in its JVM only if that still holds the lease. */
  WAITER_CHECKS_TOKEN,
  /** A waiter takes the value of a load in its JVM only if that began with today's versions. */
  WAITER_CHECKS_VERSIONS,
  /** Where tags come from the result, a waiter takes only what has been stored. */
  WAITER_TAKES_RESULT_TAGS_FROM_STORED,
  /** A put takes the lease before its method writes, not when it stores. */
  PUT_TAKES_LEASE_FIRST,
  /** A put that finds the lease lost unlinks the entry. */
  PUT_UNLINKS_WHEN_LEASE_LOST,
  /** So does one whose store is refused for another reason. */
  PUT_UNLINKS_WHEN_REFUSED,
  /** A put that Redis has not confirmed is sent again as an invalidation. */
  PUT_UNLINKS_WHEN_UNCONFIRMED;

  static Set<Guard> all() {
    return EnumSet.allOf(Guard.class);
  }

  static Set<Guard> allBut(Guard guard) {
    return EnumSet.complementOf(EnumSet.of(guard));
  }
}
