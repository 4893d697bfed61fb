/**
 * The annotations of rediscached. They do nothing by themselves: without the agent an annotated
 * application runs as if they were not there. Start with {@link RedisCached}.
 */
package io.github.rediscached;
