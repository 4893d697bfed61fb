/**
 * The bytes of cached values, and copies of values for the near cache. The room {@code call} asks a
 * {@link io.github.rediscached.agent.codec.ValueFormat} for both. Behind it stand three parts:
 *
 * <ul>
 *   <li>Kryo and its three callbacks: {@code EntryClasses} names classes and applies the allow
 *       list, {@code References} keeps identities, {@code Serializers} chooses how a class is
 *       written.
 *   <li>One {@code ValueSerializer} for each kind of value. It writes, reads, compares and copies.
 *   <li>Safety: {@code ClassRegistry} (what an entry may name), {@code ReadBack} (a value is read
 *       again before the first one of its class is stored), {@code ApplicationParts} (what is no
 *       data).
 * </ul>
 */
@NullMarked
package io.github.rediscached.agent.codec;

import org.jspecify.annotations.NullMarked;
