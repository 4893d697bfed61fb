/** The two ways in which Redis can tell of changes, beside each other. */
@NullMarked
package io.github.rediscached.benchmarks.tracking;

import org.jspecify.annotations.NullMarked;
