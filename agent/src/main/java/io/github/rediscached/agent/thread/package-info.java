/** The agent's own threads. */
@NullMarked
package io.github.rediscached.agent.thread;

import org.jspecify.annotations.NullMarked;
