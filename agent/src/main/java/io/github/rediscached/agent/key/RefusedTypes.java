package io.github.rediscached.agent.key;

import io.github.rediscached.agent.plan.FrameworkSubclasses;
import io.github.rediscached.agent.plan.LibraryName;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Types that no key can hold, by supertype: their objects have an identity or state, or are
 * services.
 */
final class RefusedTypes {

  private static final Set<String> TYPES =
      Set.of(
          "java.lang.AutoCloseable",
          "java.lang.ClassLoader",
          "java.lang.Process",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.lang.ref.Reference",
          "java.lang.reflect.InvocationHandler",
          "java.util.Enumeration",
          "java.util.Iterator",
          "java.util.PriorityQueue",
          "java.util.Spliterator",
          "java.util.concurrent.CompletionStage",
          "java.util.concurrent.DelayQueue",
          "java.util.concurrent.Executor",
          "java.util.concurrent.Flow$Publisher",
          "java.util.concurrent.Flow$Subscriber",
          "java.util.concurrent.Flow$Subscription",
          "java.util.concurrent.Future",
          "java.util.concurrent.PriorityBlockingQueue",
          "java.util.concurrent.locks.Condition",
          "java.util.concurrent.locks.Lock",
          "java.util.concurrent.locks.ReadWriteLock",
          "jakarta.persistence.EntityManager",
          "javax.persistence.EntityManager",
          LibraryName.in("class org.reactivestreams.Publisher"),
          LibraryName.in("class org.reactivestreams.Subscriber"),
          LibraryName.in("class org.springframework.beans.factory.BeanFactory"));

  /** The same by package: requests, responses and their contexts; objects of a database. */
  private static final List<String> PACKAGES =
      List.of(
          "jakarta.servlet.",
          "javax.servlet.",
          "java.sql.",
          "javax.sql.",
          LibraryName.in("class org.springframework.web.context.request."),
          LibraryName.in("class org.springframework.web.server."));

  private RefusedTypes() {}

  /** The reason why instances of a class are refused; null if they are not. */
  static @Nullable Refused refused(Class<?> type, TypeHierarchy hierarchy) {
    if (type.isHidden() || type.isSynthetic()) {
      return new Refused("is a lambda or another class made at run time");
    } else if (Proxy.isProxyClass(type)) {
      return new Refused("is a proxy");
    }
    // A map that can also stand behind a proxy, such as Fastjson's objects, is a map.
    boolean isMap = Map.class.isAssignableFrom(type);
    for (Class<?> each : hierarchy.all()) {
      if (isRefused(each.getName()) && !(isMap && each == InvocationHandler.class)) {
        return each == type
            ? Refused.instanceOf(type)
            : Refused.instanceOf(type, "is " + Refusal.a(each.getSimpleName()));
      }
    }
    return null;
  }

  private static boolean isRefused(String name) {
    if (TYPES.contains(name) || FrameworkSubclasses.mark(name.replace('.', '/'))) {
      return true;
    }
    for (String each : PACKAGES) {
      if (name.startsWith(each)) {
        return true;
      }
    }
    return false;
  }
}
