/**
 * The HTTP cache before the handlers of a servlet container. Written against {@code
 * jakarta.servlet}; {@code http} defines these classes beside each copy of the API that an
 * application brings, also against {@code javax.servlet}. The agent's own loader never does.
 */
@NullMarked
package io.github.rediscached.agent.servlet;

import org.jspecify.annotations.NullMarked;
