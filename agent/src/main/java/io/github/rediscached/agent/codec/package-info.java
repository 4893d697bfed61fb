/** The bytes of cached values, written and read with Kryo. */
@NullMarked
package io.github.rediscached.agent.codec;

import org.jspecify.annotations.NullMarked;
