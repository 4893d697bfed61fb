/** Benchmarks: their runners and what they have in common. */
@NullMarked
package io.github.rediscached.benchmarks;

import org.jspecify.annotations.NullMarked;
