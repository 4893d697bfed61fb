package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * EclipseLink's collections that are loaded when they are first used, and entities whose class it
 * wove. A lazy relation is in a holder until the entity's own getter moves it into its field; an
 * entity that is read has no holders, and makes them of its fields. Only what is loaded is written;
 * this class never loads anything.
 */
final class EclipseLink {

  /** The interface of those collections. */
  static final String CONTAINER = "org.eclipse.persistence.indirection.IndirectContainer";

  private static final String REMEDY = Enhancement.REMEDY;
  private static final String PREFIX = "_persistence_";
  private static final String HOLDER = "_vh";

  private EclipseLink() {}

  /** The collection of the JDK that is inside of one of EclipseLink's. */
  static @Nullable Object contentOf(Opener opener, Object container) {
    if (!ByName.isTrue(container, "isInstantiated", REMEDY)) {
      throw Refusal.of(
          container.getClass(), "an EclipseLink collection that is not loaded yet", REMEDY);
    }
    return ByName.call(container, "getDelegateObject", REMEDY);
  }

  /** Refuses an entity that is not loaded whole, and moves what is loaded into its fields. */
  static void requireLoaded(Opener opener, Object entity) {
    if (ByName.methodOf(entity, "_persistence_getFetchGroup") != null
        && ByName.call(entity, "_persistence_getFetchGroup", REMEDY) != null) {
      throw Refusal.of(
          entity.getClass(),
          "an EclipseLink entity with attributes that are not loaded yet",
          REMEDY);
    }
    try {
      for (Class<?> c = entity.getClass(); c != null; c = c.getSuperclass()) {
        for (Field field : c.getDeclaredFields()) {
          if (field.getName().startsWith(PREFIX) && field.getName().endsWith(HOLDER)) {
            unpack(opener, entity, field);
          }
        }
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unpack(Opener opener, Object entity, Field field)
      throws IllegalAccessException {
    Class<?> declaring = field.getDeclaringClass();
    Object holder = opener.open(field, declaring).get(entity);
    if (holder == null) {
      return;
    }
    String name =
        field.getName().substring(PREFIX.length(), field.getName().length() - HOLDER.length());
    if (!ByName.isTrue(holder, "isInstantiated", REMEDY)) {
      throw Refusal.of(
          declaring, "an EclipseLink entity whose " + name + " is not loaded yet", REMEDY);
    }
    Object value = ByName.call(holder, "getValue", REMEDY);
    try {
      Field attribute = opener.open(declaring.getDeclaredField(name), declaring);
      if (attribute.get(entity) != value) {
        attribute.set(entity, value);
      }
    } catch (NoSuchFieldException | IllegalArgumentException e) {
      throw Refusal.of(
          declaring, "an EclipseLink entity that has no field for its " + name, REMEDY);
    }
  }
}
