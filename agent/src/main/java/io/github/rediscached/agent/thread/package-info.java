/** The agent's own threads, and what threads take turns with. */
@NullMarked
package io.github.rediscached.agent.thread;

import org.jspecify.annotations.NullMarked;
