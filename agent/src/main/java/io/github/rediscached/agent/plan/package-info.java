/** What users asked for, as immutable values that every part may read. Imports nothing of ours. */
@NullMarked
package io.github.rediscached.agent.plan;

import org.jspecify.annotations.NullMarked;
