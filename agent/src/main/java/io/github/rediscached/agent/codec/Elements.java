package io.github.rediscached.agent.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * A collection or map and the elements to put into it, of a map keys and values in turn. {@link
 * GraphReader} keeps one for each collection that waits until the whole graph is there, since it
 * would hash or compare an element that is read only in part.
 */
final class Elements {

  private final Object collection;
  private final @Nullable Object[] elements;

  Elements(Object collection, @Nullable Object[] elements) {
    this.collection = collection;
    this.elements = elements;
  }

  /** The elements of a collection, map or array. */
  static @Nullable Object[] of(Object value) {
    if (value instanceof Map<?, ?> map) {
      @Nullable Object[] elements = new @Nullable Object[2 * map.size()];
      int i = 0;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        elements[i++] = entry.getKey();
        elements[i++] = entry.getValue();
      }
      return elements;
    }
    return value instanceof Collection<?> collection
        ? collection.toArray()
        : (@Nullable Object[]) value;
  }

  /**
   * Puts them into the collection, which is empty.
   *
   * @throws Unreadable if some of them are equal, so that one would be lost
   */
  void fill() {
    if (collection instanceof Map<?, ?>) {
      Map<@Nullable Object, @Nullable Object> map = asMap(collection);
      for (int i = 0; i < elements.length; i += 2) {
        map.put(elements[i], elements[i + 1]);
      }
      Unreadable.requireSize(elements.length / 2, map.size());
    } else {
      asCollection(collection).addAll(Arrays.asList(elements));
      Unreadable.requireSize(elements.length, asCollection(collection).size());
    }
  }

  /**
   * Fills the collection anew if it does not find one of them: the hash of that was another one
   * when it was put in.
   *
   * @return whether nothing had to be done
   */
  boolean isFound() {
    if (isWhole()) {
      return true;
    }
    if (collection instanceof Map<?, ?> map) {
      map.clear();
    } else {
      asCollection(collection).clear();
    }
    fill();
    return false;
  }

  private boolean isWhole() {
    if (collection instanceof Map<?, ?> map) {
      for (int i = 0; i < elements.length; i += 2) {
        if (!map.containsKey(elements[i])) {
          return false;
        }
      }
      return true;
    }
    // Queues and this set look at each element, whatever its hash.
    return !(collection instanceof Set<?> set)
        || set instanceof CopyOnWriteArraySet<?>
        || set.containsAll(Arrays.asList(elements));
  }

  @SuppressWarnings("unchecked") // Made by a serializer, for elements of any class.
  static Collection<@Nullable Object> asCollection(Object collection) {
    return (Collection<@Nullable Object>) collection;
  }

  @SuppressWarnings("unchecked")
  static Map<@Nullable Object, @Nullable Object> asMap(Object map) {
    return (Map<@Nullable Object, @Nullable Object>) map;
  }
}
