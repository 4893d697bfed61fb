/** What is to be invalidated and has not reached Redis yet. */
@NullMarked
package io.github.rediscached.agent.invalidate;

import org.jspecify.annotations.NullMarked;
