package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.MethodPlan.CachePlan;
import io.github.rediscached.agent.codec.ValueFormat;
import io.github.rediscached.agent.expression.ArgumentPath;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionCall;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.key.KeyPlan;
import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.protocol.LeaseTerms;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cached method of a loaded class: its plan with everything resolved that a call needs, made once
 * when the method is first called. Held by the method's call sites only, so it goes with the class.
 */
final class CachedMethod {

  private static final long FNV_BASIS = 0xcbf29ce484222325L;

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
  private final Results results;
  private final @Nullable ArgumentPath keyPath;
  private final long ownSchema;
  private final long sharedSchema;
  private final TagPlan tags;
  private final ExpectedTags expectedTags = new ExpectedTags();
  private volatile long longestLoadMillis;
  private volatile long keptNanos = System.nanoTime() - 2 * KEEP_NANOS;

  /**
   * The results that are cached.
   *
   * @param type as {@link ResultType#type}
   * @param exceptions the types of exceptions that are cached like results
   * @param format how both are bytes
   */
  record Results(Class<?> type, List<Class<?>> exceptions, ValueFormat format) {}

  /**
   * @param realm see {@link Realms}
   */
  CachedMethod(
      MethodPlan plan,
      CachePlan cachePlan,
      Method method,
      ClassLoader loader,
      KeyPlan keys,
      Results results,
      String realm) {
    this.plan = plan;
    this.cachePlan = cachePlan;
    this.method = method;
    this.loader = loader;
    this.keys = keys;
    this.results = results;
    this.keyPath =
        cachePlan.key() == null ? null : cachePlan.key().argumentPath(method.getParameterTypes());
    this.tags = new TagPlan(cachePlan.tags(), cachePlan.key() != null, keys.hash());
    this.ownSchema = schemaOf(plan, cachePlan, results.format().layout(), realm);
    this.sharedSchema = realm.isEmpty() ? 0 : hash(FNV_BASIS, realm);
  }

  /** The same method where it runs for another class of objects. */
  CachedMethod in(String otherRealm) {
    return new CachedMethod(plan, cachePlan, method, loader, keys, results, otherRealm);
  }

  MethodPlan plan() {
    return plan;
  }

  CachePlan cachePlan() {
    return cachePlan;
  }

  /** As the log names it. */
  String name() {
    return plan.displayName();
  }

  /** The name of the cache that has its entries. */
  String cache() {
    String cache = cachePlan.options().cache();
    return cache == null ? plan.displayName() : cache;
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
    return results.format();
  }

  /** Names this method with the layout of its result; never 0. */
  long ownSchema() {
    return ownSchema;
  }

  /** What stands in the entries: where the method shares them by an explicit key, its realm. */
  long entrySchema() {
    return cachePlan.key() == null ? ownSchema : sharedSchema;
  }

  /** How an explicit key is read without SpEL; null if there is none, or it takes SpEL. */
  @Nullable ArgumentPath keyPath() {
    return keyPath;
  }

  /** What an explicit key yields for a call. */
  @Nullable Object keyValue(Expression key, ExpressionCall call) throws ExpressionException {
    if (keyPath != null) {
      try {
        return keyPath.read(call.arguments());
      } catch (Throwable e) {
        // SpEL fails as well, and says why.
      }
    }
    return key.evaluate(call);
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
   * The versions of the tags that an entry probably names; null if they are not known.
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
    for (Class<?> cached : results.exceptions()) {
      if (cached.isInstance(thrown)) {
        return true;
      }
    }
    return false;
  }

  boolean returns(@Nullable Object value) {
    return value == null ? !method.getReturnType().isPrimitive() : results.type().isInstance(value);
  }

  /** Methods with other tags have other entries, unless these name their tags. */
  private static long schemaOf(MethodPlan plan, CachePlan cachePlan, long layout, String realm) {
    String name = plan.displayName() + plan.descriptor() + cachePlan.options().tags();
    return hash(FNV_BASIS ^ layout, realm.isEmpty() ? name : name + '\n' + realm);
  }

  /** FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/; never 0. */
  private static long hash(long basis, String text) {
    long hash = basis;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }
}
