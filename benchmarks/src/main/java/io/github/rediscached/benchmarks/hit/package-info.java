/** What a hit costs: by hand, with the agent, with Spring and with JetCache. */
@NullMarked
package io.github.rediscached.benchmarks.hit;

import org.jspecify.annotations.NullMarked;
