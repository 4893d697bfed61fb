package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.ValueFormat;
import io.github.rediscached.agent.expression.ExpressionCall;
import io.github.rediscached.agent.key.KeyPlan;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cached method of a loaded class: its plan with everything resolved that a call needs, made once
 * when the method is first called. Held by the method's call sites only, so it goes with the class.
 */
final class CachedMethod {

  private static final long MIN_LEASE_MILLIS = 30_000;
  private static final long MAX_LEASE_MILLIS = 3_600_000;
  private static final int LEASE_PER_LOAD = 4;

  /** Versions live for a day at least, and are prolonged when half of that is over. */
  private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final MethodPlan plan;
  private final CachePlan cachePlan;
  private final Method method;
  private final ClassLoader loader;
  private final KeyPlan keys;
  private final ValueFormat values;
  private final List<Class<?>> cachedExceptions;
  private final Class<?> resultType;
  private final long ownSchema;
  private final TagPlan tags;
  private final ExpectedTags expectedTags = new ExpectedTags();
  private volatile long longestLoadMillis;
  private volatile long keptNanos = System.nanoTime() - 2 * KEEP_NANOS;

  /**
   * @param resultType as {@link ResultType#type}
   */
  CachedMethod(
      MethodPlan plan,
      CachePlan cachePlan,
      Method method,
      ClassLoader loader,
      KeyPlan keys,
      Class<?> resultType,
      ValueFormat values,
      List<Class<?>> cachedExceptions) {
    this.plan = plan;
    this.cachePlan = cachePlan;
    this.method = method;
    this.loader = loader;
    this.keys = keys;
    this.values = values;
    this.cachedExceptions = cachedExceptions;
    this.resultType = resultType;
    this.tags = new TagPlan(cachePlan.tags(), cachePlan.key() != null);
    this.ownSchema = schemaOf(plan, cachePlan, values.layout());
  }

  MethodPlan plan() {
    return plan;
  }

  CachePlan cachePlan() {
    return cachePlan;
  }

  Method method() {
    return method;
  }

  ClassLoader loader() {
    return loader;
  }

  KeyPlan keys() {
    return keys;
  }

  ValueFormat values() {
    return values;
  }

  /** Names this method with the layout of its result; never 0. */
  long ownSchema() {
    return ownSchema;
  }

  /** What stands in the entries: 0 where the method shares them with others by an explicit key. */
  long entrySchema() {
    return cachePlan.key() == null ? ownSchema : 0;
  }

  ExpressionCall expressionCall(
      @Nullable Object target, @Nullable Object[] arguments, @Nullable Object result) {
    return new ExpressionCall(method, target, arguments, result, loader);
  }

  TagPlan tags() {
    return tags;
  }

  /** Whether the entries name tags. */
  boolean namesTags() {
    return tags.namesTags();
  }

  /**
   * The versions of the tags that an entry probably names; null if nobody knows.
   *
   * @param byArguments those that the arguments tell
   */
  byte @Nullable [][] expectedTags(byte[] entry, byte[][] byArguments) {
    byte[][] seen = expectedTags.of(entry);
    return seen == null && !tags.dependOnResult() ? byArguments : seen;
  }

  /** An entry names these, or will. */
  void sawTags(byte[] entry, byte[][] tagKeys) {
    expectedTags.saw(entry, tagKeys);
  }

  /** For a lease that is asked for now. */
  LeaseTerms leaseTerms(EntryPolicy policy) {
    return new LeaseTerms(
        leaseMillis(), policy.lifeMillis(), System.nanoTime() - keptNanos >= KEEP_NANOS);
  }

  /**
   * What came of asking for a lease with these terms.
   *
   * @return the same
   */
  @Nullable Lease asked(LeaseTerms terms, @Nullable Lease lease) {
    if (terms.keep() && lease != null) {
      keptNanos = System.nanoTime();
    }
    return lease;
  }

  /** How long a load may take until another begins. */
  private long leaseMillis() {
    return Math.min(
        MAX_LEASE_MILLIS, Math.max(MIN_LEASE_MILLIS, LEASE_PER_LOAD * longestLoadMillis));
  }

  /** A load took so long. */
  void loaded(long loadNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(loadNanos);
    if (millis > longestLoadMillis) {
      longestLoadMillis = millis;
    }
  }

  boolean cachesException(Object thrown) {
    for (Class<?> cached : cachedExceptions) {
      if (cached.isInstance(thrown)) {
        return true;
      }
    }
    return false;
  }

  boolean returns(@Nullable Object value) {
    return value == null ? !method.getReturnType().isPrimitive() : resultType.isInstance(value);
  }

  /** Methods with other tags have other entries, unless these name their tags. */
  private static long schemaOf(MethodPlan plan, CachePlan cachePlan, long layout) {
    // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
    long hash = 0xcbf29ce484222325L ^ layout;
    String name = plan.displayName() + plan.descriptor() + cachePlan.options().tags();
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }
}
