/**
 * What is done with the bytes of values before they go to Redis: compressing and sealing. {@code
 * call} asks for both, and for the digests of keys under a secret. It knows neither entries nor
 * Redis.
 */
@NullMarked
package io.github.rediscached.agent.seal;

import org.jspecify.annotations.NullMarked;
