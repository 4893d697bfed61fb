package io.github.rediscached.agent.key;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collections of an object-relational mapper, which would query the database when they are touched:
 * only those that are loaded become part of a key. Holds nothing but what the collection's own
 * class refers to.
 */
final class LazyCollection extends CanonicalSerializer {

  /**
   * Interface and the method that says whether it is loaded: Hibernate 4 and up, 3, EclipseLink.
   */
  private static final List<List<String>> LOADED_METHODS =
      List.of(
          List.of("org.hibernate.collection.spi.PersistentCollection", "wasInitialized"),
          List.of("org.hibernate.collection.PersistentCollection", "wasInitialized"),
          List.of("org.eclipse.persistence.indirection.IndirectContainer", "isInstantiated"));

  private final Method isLoaded;
  private final CanonicalSerializer content;
  private volatile boolean open;

  private LazyCollection(Method isLoaded, CanonicalSerializer content) {
    this.isLoaded = isLoaded;
    this.content = content;
  }

  /**
   * Guards a collection's encoding if its class is lazy.
   *
   * @return null if it is not lazy
   */
  static @Nullable LazyCollection of(Supertypes supertypes, CanonicalSerializer content)
      throws NoSuchMethodException {
    for (List<String> method : LOADED_METHODS) {
      Class<?> type = supertypes.named(method.get(0));
      if (type != null) {
        return new LazyCollection(type.getMethod(method.get(1)), content);
      }
    }
    return null;
  }

  @Override
  void write(CanonicalBytes out, Object value) {
    if (!open) {
      out.open(isLoaded.getDeclaringClass());
      isLoaded.setAccessible(true);
      open = true;
    }
    boolean loaded;
    try {
      loaded = (Boolean) isLoaded.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw out.unkeyable("could not be read (" + e.getClass().getName() + ")");
    }
    if (!loaded) {
      throw out.unkeyable("is a lazy collection that is not loaded");
    }
    content.write(out, value);
  }
}
