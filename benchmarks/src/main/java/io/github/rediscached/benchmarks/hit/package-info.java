/** What a hit costs: by hand, with the agent and with its peers. */
@NullMarked
package io.github.rediscached.benchmarks.hit;

import org.jspecify.annotations.NullMarked;
