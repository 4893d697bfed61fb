package io.github.rediscached;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A call of this method removes results from Redis, for every JVM that uses it. It stands on the
 * method that changes what cached methods read, which may return anything or nothing; better on the
 * one that encloses the transaction, so that the change can be read when the eviction happens.
 *
 * <p>What is removed is said by any of {@link #key}, {@link #allEntries}, {@link #tags} and {@link
 * #keyPattern}, together if several are given. If there is only {@link #cache}, it is the entry of
 * that cache whose key is made of all arguments of this method (but those with {@link KeyIgnore}),
 * as for {@link RedisCached}. With neither {@code cache} nor {@code tags} nor {@code keyPattern}
 * the method is rejected when its class is loaded.
 *
 * <p>By default it happens when the method has returned, and not at all if it has thrown. When the
 * call is back, the results are gone.
 *
 * <p>The annotation can be repeated. It counts for the methods that implement or override the
 * annotated one, unless they carry their own {@code @RedisEvict}. Expressions are those of {@link
 * RedisCached}; {@code #result} is known unless {@link #beforeInvocation} or {@link #onException}
 * is set, and of a method that returns a future it is the future itself. Such a method evicts when
 * it returns; where it is declared to return a {@link java.util.concurrent.CompletableFuture} or
 * {@link java.util.concurrent.CompletionStage} it evicts again shortly after that has completed
 * normally.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(RedisEvict.List.class)
public @interface RedisEvict {

  /**
   * The name of the cache that the entries are in, as the cached methods give it. Needed for {@link
   * #key} and {@link #allEntries}. Default: none.
   */
  String cache() default "";

  /**
   * An expression whose value is the key of the entry to remove from {@link #cache}. Default: all
   * arguments, if only {@code cache} is given.
   */
  String key() default "";

  /**
   * All entries with one of these tags are removed, whichever caches they are in. Each is a
   * template as in {@link RedisCached#tags}. Default: none.
   */
  String[] tags() default {};

  /**
   * All entries are removed whose whole key in Redis matches this glob, in which {@code *} stands
   * for any characters, {@code ?} for one, {@code [ab]} for one of these, and a backslash takes
   * their meaning from them. It begins literally with the namespace and a colon: {@code
   * "shop:products:*"}. Values of expressions, as in <code>"shop:users:#{#id}*"</code>, are never
   * wildcards. Redis looks at all of its keys for this, so prefer {@link #tags}. Default: none.
   */
  String keyPattern() default "";

  /** Whether all entries of {@link #cache} are removed. Not with {@link #key}. Default: false. */
  boolean allEntries() default false;

  /** Whether it happens before the method runs, whatever becomes of it then. Default: false. */
  boolean beforeInvocation() default false;

  /** Whether it happens also when the method has thrown. Default: false. */
  boolean onException() default false;

  /** An expression; where it is false nothing is removed. Default: always. */
  String condition() default "";

  /** Several of them on one method; the compiler puts it there. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface List {

    /** The annotations in the order of the source. */
    RedisEvict[] value();
  }
}
