package io.github.rediscached;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The results of this method are cached in Redis.
 *
 * <p>A call looks its arguments up in Redis first and runs the method only on a miss. The
 * annotation counts for the methods that implement or override the annotated one, unless they carry
 * their own. Results are removed before their time by {@link RedisEvict}.
 *
 * <p>Of a method that is declared to return a {@link java.util.concurrent.CompletableFuture} or
 * {@link java.util.concurrent.CompletionStage}, the value with which that completes is cached, and
 * {@code #result} is this value. The caller gets a future of its own at once. On a miss the method
 * begins on a thread of the agent, without its caller's thread-locals and transaction; arguments
 * must not be changed before the future is done.
 *
 * <p>{@link #key}, {@link #condition} and {@link #unless} are Spring Expression Language (SpEL):
 * {@code #name}, {@code #p0} or {@code #a0} is an argument, {@code #root.method}, {@code
 * #root.target} and {@code #root.args} the call, {@code #result} (only in {@code unless} and {@code
 * tags}) what the method returned. A name that can't be resolved rejects the method when its class
 * is loaded.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RedisCached {

  /**
   * The name of the cache, the second part of every Redis key. Default: class and method with its
   * parameter types, such as {@code com.acme.Products.find(long)}.
   */
  String cache() default "";

  /**
   * How long an entry lives: a number and a unit ({@code "500ms"}, {@code "30s"}, {@code "10m"},
   * {@code "2h"}, {@code "7d"}) or ISO-8601 ({@code "PT1H"}). Default: the setting {@code
   * defaults.ttl}.
   */
  String ttl() default "";

  /**
   * An expression whose value is the key, in place of all arguments. Methods that name the same
   * {@link #cache} share entries only where each of them gives a key.
   */
  String key() default "";

  /**
   * An expression over the arguments; where it is false the call is neither looked up nor stored.
   */
  String condition() default "";

  /** An expression that also knows {@code #result}; where it is true the result is not stored. */
  String unless() default "";

  /** Whether a {@code null} result is stored. Default: true. */
  boolean cacheNull() default true;

  /**
   * Exceptions (with their subclasses) that are stored like results and thrown again on a hit.
   * Default: none; an exception is never stored.
   */
  Class<? extends Throwable>[] cachedExceptions() default {};

  /**
   * Names by which entries are removed together, whatever their keys and caches are: see {@link
   * RedisEvict#tags}. Each is a template, a text with expressions in <code>#{ }</code>: <code>
   * "product:#{#id}"</code>, <code>"user:#{#result.ownerId}"</code>. One that is a single
   * expression gives a tag for each element of a collection or an array: <code>"#{#result.![id]}"
   * </code>. Where a value is null there is no such tag. Default: none.
   */
  String[] tags() default {};

  /**
   * From which age on a hit has the entry loaded anew in the background, while callers still get
   * the old one. Shorter than {@link #ttl}, in the same notation. Default: never.
   */
  String refreshAfter() default "";

  /**
   * For how long after the end of its {@link #ttl} an entry is returned if the method throws, or
   * its future fails. What was evicted is never returned. In the same notation. Default: not at
   * all.
   */
  String staleOnError() default "";

  /**
   * Whether hits may be answered from the memory of the JVM, as long as Redis tells of every
   * change: <code>"auto"</code>, <code>"off"</code>, or for how long at most, such as <code>"5s"
   * </code>. Default: auto, as far as the setting {@code near.enabled} allows it.
   */
  String near() default "";

  /**
   * Whether all callers of this JVM get the very same object from its memory, even one that can be
   * changed. Only for results that nobody ever changes: what one caller does to it, all others see.
   * Default: false; then a result that can be changed is made anew for each caller.
   */
  boolean nearShare() default false;
}
