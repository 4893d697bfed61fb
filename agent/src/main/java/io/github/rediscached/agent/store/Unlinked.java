package io.github.rediscached.agent.store;

import org.jspecify.annotations.Nullable;

/**
 * What has become of keys that were to be deleted, as {@link Connections} says it.
 *
 * @param missing the buckets in which some may still be there; 0 if all is done
 * @param failure why, of one of these buckets; null if it has no connection, or nothing is missing
 */
record Unlinked(long missing, @Nullable RequestFailedException failure) {

  static final Unlinked ALL = new Unlinked(0, null);
}
