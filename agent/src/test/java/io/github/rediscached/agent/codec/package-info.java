/** What users may return from a cached method, and what becomes of it. */
@NullMarked
package io.github.rediscached.agent.codec;

import org.jspecify.annotations.NullMarked;
