package io.github.rediscached.agent.key;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collections of an object-relational mapper, which query the database when they are touched. Only
 * a loaded one becomes part of a key. Holds no method but those of the collection's own class.
 */
final class LazyCollection implements Encoding {

  /** Interface and method that tells whether it is loaded: Hibernate 4 and up, 3, EclipseLink. */
  private static final List<List<String>> LOADED_METHODS =
      List.of(
          List.of("org.hibernate.collection.spi.PersistentCollection", "wasInitialized"),
          List.of("org.hibernate.collection.PersistentCollection", "wasInitialized"),
          List.of("org.eclipse.persistence.indirection.IndirectContainer", "isInstantiated"));

  private final Method isLoaded;
  private final Encoding content;
  private volatile boolean open;

  private LazyCollection(Method isLoaded, Encoding content) {
    this.isLoaded = isLoaded;
    this.content = content;
  }

  /** Guards the encoding of a collection; null if its class is not lazy. */
  static @Nullable LazyCollection of(TypeHierarchy hierarchy, Encoding content)
      throws NoSuchMethodException {
    for (List<String> method : LOADED_METHODS) {
      Class<?> type = hierarchy.named(method.get(0));
      if (type != null) {
        return new LazyCollection(type.getMethod(method.get(1)), content);
      }
    }
    return null;
  }

  @Override
  public void write(CanonicalBytes out, Object value) throws UnkeyableException {
    if (!open) {
      out.open(List.of(isLoaded));
      open = true;
    }
    boolean loaded;
    try {
      loaded = (Boolean) isLoaded.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw out.unreadable(e);
    }
    if (!loaded) {
      throw out.unkeyable("is a lazy collection that is not loaded");
    }
    content.write(out, value);
  }
}
