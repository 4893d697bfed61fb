/**
 * The bytes of cached values, written and read with Kryo's streams. Start at {@link
 * io.github.rediscached.agent.codec.ValueFormat}.
 */
@NullMarked
package io.github.rediscached.agent.codec;

import org.jspecify.annotations.NullMarked;
