package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate puts in the place of entities and collections: written as what it stands for if
 * that is loaded, and else refused; never loaded by us. Hibernate's types are known by name, since
 * they are the application's.
 */
final class HibernateSerializer extends StandInSerializer {

  private static final String REMEDY =
      "Load what the caller needs before the method returns (JOIN FETCH, an entity graph), or"
          + " return a DTO.";

  private static final String[] STORAGE = {"bag", "list", "set", "map", "values", "array"};

  private final boolean isProxy;

  private HibernateSerializer(boolean isProxy) {
    this.isProxy = isProxy;
  }

  /** The rule for one of Hibernate's stand-ins, or null for any other class. */
  static @Nullable HibernateSerializer of(Class<?> type) {
    if (implementsInterface(type, "org.hibernate.proxy.HibernateProxy")) {
      return new HibernateSerializer(true);
    }
    if (implementsInterface(type, "org.hibernate.collection.spi.PersistentCollection")
        || implementsInterface(type, "org.hibernate.collection.PersistentCollection")) {
      return new HibernateSerializer(false);
    }
    return null;
  }

  /** Whether Hibernate's build plugin or class transformer changed an entity's class. */
  static boolean isEnhanced(Class<?> type) {
    return implementsInterface(type, "org.hibernate.engine.spi.PersistentAttributeInterceptable");
  }

  /** Whether a class implements an interface of the application's, known by its name. */
  static boolean implementsInterface(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> implemented : c.getInterfaces()) {
        if (implemented.getName().equals(name) || implementsInterface(implemented, name)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  Object replace(Opener opener, Object value) {
    Object inside = isProxy ? entityOf(value) : storageOf(opener, value);
    if (inside == null) {
      throw Refusal.of(value.getClass(), "a stand-in for nothing", REMEDY);
    }
    return inside;
  }

  private static @Nullable Object entityOf(Object proxy) {
    Object initializer = call(proxy, "getHibernateLazyInitializer");
    if (initializer == null || Boolean.TRUE.equals(call(initializer, "isUninitialized"))) {
      throw Refusal.of(
          proxy.getClass(), "a Hibernate proxy whose entity is not loaded yet", REMEDY);
    }
    return call(initializer, "getImplementation");
  }

  private static @Nullable Object storageOf(Opener opener, Object collection) {
    if (!Boolean.TRUE.equals(call(collection, "wasInitialized"))) {
      throw Refusal.of(
          collection.getClass(), "a Hibernate collection that is not loaded yet", REMEDY);
    }
    for (Class<?> c = collection.getClass(); c != null; c = c.getSuperclass()) {
      for (String name : STORAGE) {
        try {
          Field field = c.getDeclaredField(name);
          return opener.open(field, c).get(collection);
        } catch (NoSuchFieldException e) {
          // Another kind of collection.
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw Refusal.of(collection.getClass(), "an unknown kind of Hibernate collection", REMEDY);
  }

  /** Refuses an entity of which lazy attributes are not loaded. */
  static void requireLoaded(Object entity) {
    Object interceptor = call(entity, "$$_hibernate_getInterceptor");
    if (interceptor != null
        && methodOf(interceptor, "hasAnyUninitializedAttributes") != null
        && Boolean.TRUE.equals(call(interceptor, "hasAnyUninitializedAttributes"))) {
      throw Refusal.of(
          entity.getClass(), "a Hibernate entity with attributes that are not loaded yet", REMEDY);
    }
  }

  private static @Nullable Object call(Object object, String name) {
    Method method = methodOf(object, name);
    if (method == null) {
      throw Refusal.of(object.getClass(), "which has no method " + name, REMEDY);
    }
    try {
      method.trySetAccessible();
      return method.invoke(object);
    } catch (ReflectiveOperationException e) {
      throw Refusal.of(object.getClass(), "whose method " + name + " failed", REMEDY);
    }
  }

  private static @Nullable Method methodOf(Object object, String name) {
    try {
      return object.getClass().getMethod(name);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
