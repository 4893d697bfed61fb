package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate puts in the place of entities and collections, and the attributes that it loads
 * when they are used. Only what is loaded is written; this class never loads anything. Hibernate's
 * types are known by name, since they are the application's.
 */
final class Hibernate {

  private static final String REMEDY = Enhancement.REMEDY;

  private static final String[] STORAGE = {"bag", "list", "set", "map", "values", "array"};

  private Hibernate() {}

  /** How to find what one of Hibernate's stand-ins stands for; null for any other class. */
  static StandInSerializer.@Nullable Replacement replacementOf(Class<?> type) {
    if (ByName.isA(type, "org.hibernate.proxy.HibernateProxy")) {
      return (opener, proxy) -> entityOf(proxy);
    }
    return ByName.isA(type, "org.hibernate.collection.spi.PersistentCollection")
            || ByName.isA(type, "org.hibernate.collection.PersistentCollection")
        ? Hibernate::storageOf
        : null;
  }

  private static @Nullable Object entityOf(Object proxy) {
    Object initializer = ByName.call(proxy, "getHibernateLazyInitializer", REMEDY);
    if (initializer == null || ByName.isTrue(initializer, "isUninitialized", REMEDY)) {
      throw Refusal.of(
          proxy.getClass(), "a Hibernate proxy whose entity is not loaded yet", REMEDY);
    }
    return ByName.call(initializer, "getImplementation", REMEDY);
  }

  private static @Nullable Object storageOf(Opener opener, Object collection) {
    if (!ByName.isTrue(collection, "wasInitialized", REMEDY)) {
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
    Object interceptor = ByName.call(entity, "$$_hibernate_getInterceptor", REMEDY);
    if (interceptor != null
        && ByName.methodOf(interceptor, "hasAnyUninitializedAttributes") != null
        && ByName.isTrue(interceptor, "hasAnyUninitializedAttributes", REMEDY)) {
      throw Refusal.of(
          entity.getClass(), "a Hibernate entity with attributes that are not loaded yet", REMEDY);
    }
  }
}
