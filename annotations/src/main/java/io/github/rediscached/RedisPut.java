package io.github.rediscached;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This method always runs, and its result is stored in Redis: for methods that change something and
 * return what a cached method would read of it from then on. The cached method and this one need
 * the same {@link #cache} and each its own {@code key}.
 *
 * <p>Nothing is stored if the method throws. The annotation counts for the methods that implement
 * or override the annotated one, unless they carry their own {@code @RedisPut}. Expressions are
 * those of {@link RedisCached}; {@code #result} is known in all of them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RedisPut {

  /** The name of the cache, as the cached method gives it. Must be given. */
  String cache();

  /**
   * An expression whose value is the key to store the result under. Default: all arguments of the
   * call.
   */
  String key() default "";

  /** How long the entry lives, as in {@link RedisCached#ttl}. Default: {@code defaults.ttl}. */
  String ttl() default "";

  /** Tags of the entry, as in {@link RedisCached#tags}. Default: none. */
  String[] tags() default {};

  /** An expression; where it is false nothing is stored. Default: always. */
  String condition() default "";

  /** An expression; where it is true nothing is stored. Default: never. */
  String unless() default "";

  /** Whether a {@code null} result is stored. Default: true. */
  boolean cacheNull() default true;
}
