/** What the agent costs at start-up. */
@NullMarked
package io.github.rediscached.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
