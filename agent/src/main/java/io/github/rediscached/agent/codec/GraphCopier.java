package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import io.github.rediscached.agent.type.Opener;
import org.jspecify.annotations.Nullable;

/**
 * Copies one graph of objects, as if its bytes were read again. Immutable parts are shared rather
 * than copied: a copy that is the value itself says that all of it is immutable.
 *
 * <p>It does not track identities: an object that the graph refers to twice would become two.
 * {@link Master} therefore uses it only for graphs without shared mutable objects. Not thread-safe;
 * for one use.
 */
final class GraphCopier {

  final Opener opener;
  private final ValueCodec codec;
  private final int maxVisits;
  private @Nullable KnownClass lastKnown;
  private int visits;
  private int depth;

  /**
   * @param maxVisits so many objects may be met, scalars in fields aside: what many paths lead to
   *     would else be walked many times
   */
  GraphCopier(ValueCodec codec, int maxVisits) {
    this.opener = codec.opener;
    this.codec = codec;
    this.maxVisits = maxVisits;
  }

  /** How many objects were met, scalars in fields aside. */
  int visits() {
    return visits;
  }

  /**
   * Copies a child, or the root.
   *
   * @throws NotCopyable if that can't be done; anything else may be thrown as well
   */
  @Nullable Object copy(@Nullable Object value) {
    return value == null ? null : copyPresent(value);
  }

  /** Copies what is not null. */
  Object copyPresent(Object value) {
    if (++visits > maxVisits) {
      throw new NotCopyable();
    }
    if (value instanceof String) {
      return value;
    }
    Serializer<Object> serializer = serializerOf(value.getClass());
    if (serializer.isImmutable()) {
      return value;
    }
    if (!(serializer instanceof ValueSerializer ours) || ++depth > ValueKryo.MAX_DEPTH) {
      throw new NotCopyable();
    }
    Object copy = ours.copy(this, value);
    depth--;
    return copy;
  }

  /** Elements mostly have the class of the one before them. */
  private Serializer<Object> serializerOf(Class<?> type) {
    KnownClass last = lastKnown;
    if (last == null || last.type != type) {
      last = codec.known(type);
      lastKnown = last;
    }
    return last.serializer;
  }

  /**
   * Copies elements in their place.
   *
   * @return whether one of them is another object now
   */
  boolean copyEach(@Nullable Object[] elements) {
    boolean changed = false;
    for (int i = 0; i < elements.length; i++) {
      Object element = elements[i];
      Object copy = copy(element);
      if (copy != element) {
        elements[i] = copy;
        changed = true;
      }
    }
    return changed;
  }
}
