/** SpEL, as users of Spring's {@code @Cacheable} write it. */
@NullMarked
package io.github.rediscached.agent.expression;

import org.jspecify.annotations.NullMarked;
