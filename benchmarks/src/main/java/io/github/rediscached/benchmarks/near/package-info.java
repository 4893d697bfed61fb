/**
 * What a near hit costs, answered from the JVM's own memory: by hand, with the agent and with its
 * peers.
 */
@NullMarked
package io.github.rediscached.benchmarks.near;

import org.jspecify.annotations.NullMarked;
