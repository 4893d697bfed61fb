package io.github.rediscached.agent.call;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of the proxies of one interface whose results are cached, told apart: two clients of
 * one interface may talk to two hosts. The first one is what it would be alone; each other one gets
 * a number at random, as it has no name that other JVMs would know. Thread-safe.
 */
final class ProxyHandlers {

  /** As many are told apart at a time; further ones run uncached. */
  private static final int MAX_HANDLERS = 100;

  /** Made for each session, and all the same. */
  private static final Set<String> PER_SESSION =
      Set.of(
          "org.apache.ibatis.binding.MapperProxy",
          "com.baomidou.mybatisplus.core.override.MybatisMapperProxy");

  private record KnownHandler(WeakReference<Object> handler, String realm) {}

  private final List<KnownHandler> known = new ArrayList<>();

  /** What stands for a handler: itself, or its class if all of that class are the same. */
  static Object identityOf(InvocationHandler handler) {
    Class<?> type = handler.getClass();
    return PER_SESSION.contains(type.getName()) ? type : handler;
  }

  /**
   * What the realm of a handler has more than that of the interface; null if there are too many.
   *
   * @param identity as {@link #identityOf}
   */
  @Nullable String realmOf(Object identity) {
    // Outside of our lock, since it asks the application.
    String equal = realmOfEqual(identity);
    synchronized (this) {
      known.removeIf(each -> each.handler().refersTo(null));
      for (KnownHandler each : known) {
        if (each.handler().refersTo(identity)) {
          return each.realm();
        }
      }
      if (known.size() >= MAX_HANDLERS) {
        return null;
      }
      String realm = equal != null ? equal : isFirst() ? "" : Applications.random();
      known.add(new KnownHandler(new WeakReference<>(identity), realm));
      return realm;
    }
  }

  /** If the first one is gone, the next takes its place. */
  private boolean isFirst() {
    for (KnownHandler each : known) {
      if (each.realm().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private synchronized List<KnownHandler> known() {
    return new ArrayList<>(known);
  }

  private @Nullable String realmOfEqual(Object identity) {
    for (KnownHandler each : known()) {
      Object other = each.handler().get();
      try {
        if (other != null && other.getClass() == identity.getClass() && identity.equals(other)) {
          return each.realm();
        }
      } catch (Throwable e) {
        // Then it is another one.
      }
    }
    return null;
  }
}
