/**
 * The JVMs of this machine, and how the agent gets into one that runs; only the command line uses
 * it.
 */
@NullMarked
package io.github.rediscached.agent.attach;

import org.jspecify.annotations.NullMarked;
