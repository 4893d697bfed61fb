/** What is counted, per cache. */
@NullMarked
package io.github.rediscached.agent.stats;

import org.jspecify.annotations.NullMarked;
