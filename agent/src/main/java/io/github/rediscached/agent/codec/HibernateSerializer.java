package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate puts in the place of entities and collections: written as what it stands for if
 * that is loaded, and else refused; never loaded by us. Hibernate's types are known by name, since
 * they are the application's.
 */
final class HibernateSerializer extends StandInSerializer {

  private static final String REMEDY = Enhancement.REMEDY;

  private static final String[] STORAGE = {"bag", "list", "set", "map", "values", "array"};

  private final boolean isProxy;

  private HibernateSerializer(boolean isProxy) {
    this.isProxy = isProxy;
  }

  /** The rule for one of Hibernate's stand-ins, or null for any other class. */
  static @Nullable HibernateSerializer of(Class<?> type) {
    if (ByName.isA(type, "org.hibernate.proxy.HibernateProxy")) {
      return new HibernateSerializer(true);
    }
    if (ByName.isA(type, "org.hibernate.collection.spi.PersistentCollection")
        || ByName.isA(type, "org.hibernate.collection.PersistentCollection")) {
      return new HibernateSerializer(false);
    }
    return null;
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
    Object initializer = ByName.call(proxy, "getHibernateLazyInitializer", REMEDY);
    if (initializer == null
        || Boolean.TRUE.equals(ByName.call(initializer, "isUninitialized", REMEDY))) {
      throw Refusal.of(
          proxy.getClass(), "a Hibernate proxy whose entity is not loaded yet", REMEDY);
    }
    return ByName.call(initializer, "getImplementation", REMEDY);
  }

  private static @Nullable Object storageOf(Opener opener, Object collection) {
    if (!Boolean.TRUE.equals(ByName.call(collection, "wasInitialized", REMEDY))) {
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
        && Boolean.TRUE.equals(ByName.call(interceptor, "hasAnyUninitializedAttributes", REMEDY))) {
      throw Refusal.of(
          entity.getClass(), "a Hibernate entity with attributes that are not loaded yet", REMEDY);
    }
  }
}
