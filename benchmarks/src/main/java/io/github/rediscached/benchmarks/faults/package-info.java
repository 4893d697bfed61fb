/**
 * The caches that {@code integration-tests/faults.sh peers} compares under faults. Each is made of
 * the URI of Redis and of what loads an item.
 */
@NullMarked
package io.github.rediscached.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
