/**
 * The JDK's types, each described once for values and keys, and simple values as text. Start at
 * {@link io.github.rediscached.agent.type.Scalars}.
 */
@NullMarked
package io.github.rediscached.agent.type;

import org.jspecify.annotations.NullMarked;
