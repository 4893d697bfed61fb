/** SpEL, as users of Spring's {@code @Cacheable} write it. Start with {@code Expression}. */
@NullMarked
package io.github.rediscached.agent.expression;

import org.jspecify.annotations.NullMarked;
