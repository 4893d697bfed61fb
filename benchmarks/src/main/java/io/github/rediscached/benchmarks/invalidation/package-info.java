/** What it costs to invalidate, and to load what many want at once. */
@NullMarked
package io.github.rediscached.benchmarks.invalidation;

import org.jspecify.annotations.NullMarked;
