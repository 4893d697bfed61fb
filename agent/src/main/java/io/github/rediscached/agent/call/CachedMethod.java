package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.ValueFormat;
import io.github.rediscached.agent.key.KeyPlan;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cached method of a loaded class: its plan with everything resolved that a call needs, made once
 * when the method is first called. Held by the method's call sites only, so it goes with the class.
 */
final class CachedMethod {

  private final MethodPlan plan;
  private final Method method;
  private final ClassLoader loader;
  private final KeyPlan keys;
  private final ValueFormat values;
  private final List<Class<?>> cachedExceptions;
  private final Class<?> resultType;
  private final long ownSchema;

  CachedMethod(
      MethodPlan plan,
      Method method,
      ClassLoader loader,
      KeyPlan keys,
      ValueFormat values,
      List<Class<?>> cachedExceptions) {
    this.plan = plan;
    this.method = method;
    this.loader = loader;
    this.keys = keys;
    this.values = values;
    this.cachedExceptions = cachedExceptions;
    this.resultType = MethodType.methodType(method.getReturnType()).wrap().returnType();
    this.ownSchema = schemaOf(plan, values.layout());
  }

  MethodPlan plan() {
    return plan;
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
    return plan.key() == null ? ownSchema : 0;
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

  private static long schemaOf(MethodPlan plan, long layout) {
    // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
    long hash = 0xcbf29ce484222325L ^ layout;
    String name = plan.displayName().concat(plan.descriptor());
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }
}
