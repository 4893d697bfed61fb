/** The users' requests as immutable values, which every package may read. Knows no other one. */
@NullMarked
package io.github.rediscached.agent.plan;

import org.jspecify.annotations.NullMarked;
