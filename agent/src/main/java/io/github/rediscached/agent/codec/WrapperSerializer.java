package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Opener;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What {@link Collections} wraps around a collection or comparator: written as what is inside, and
 * wrapped again when read.
 */
final class WrapperSerializer extends ValueSerializer {

  /** Which one; the order is part of the format. */
  enum Type {
    UNMODIFIABLE_COLLECTION("c"),
    UNMODIFIABLE_LIST("c"),
    UNMODIFIABLE_SET("c"),
    UNMODIFIABLE_SORTED_SET("c"),
    UNMODIFIABLE_NAVIGABLE_SET("c"),
    UNMODIFIABLE_MAP("m"),
    UNMODIFIABLE_SORTED_MAP("m"),
    UNMODIFIABLE_NAVIGABLE_MAP("m"),
    SYNCHRONIZED_COLLECTION("c"),
    SYNCHRONIZED_LIST("c"),
    SYNCHRONIZED_SET("c"),
    SYNCHRONIZED_SORTED_SET("c"),
    SYNCHRONIZED_NAVIGABLE_SET("c"),
    SYNCHRONIZED_MAP("m"),
    SYNCHRONIZED_SORTED_MAP("m"),
    SYNCHRONIZED_NAVIGABLE_MAP("m"),
    REVERSED_COMPARATOR("cmp");

    final String field;

    Type(String field) {
      this.field = field;
    }
  }

  private final Type wrapper;

  private final JdkField inside;

  /**
   * @param declaring the class that declares the field with what is inside
   */
  WrapperSerializer(Type wrapper, Class<?> declaring) {
    super(Identity.LATE);
    this.wrapper = wrapper;
    this.inside = new JdkField(declaring, wrapper.field);
  }

  @Override
  boolean hashesParts() {
    return true;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.write(inside.get(writer.opener(), value));
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return wrap(reader.readPresent());
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    Opener opener = comparison.opener();
    return comparison.same(inside.get(opener, written), inside.get(opener, read));
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    Object original = inside.get(copier.opener(), value);
    return original == null ? super.copy(copier, value) : wrap(copier.copyPresent(original));
  }

  private Object wrap(Object inside) {
    return switch (wrapper) {
      case UNMODIFIABLE_COLLECTION -> Collections.unmodifiableCollection((Collection<?>) inside);
      case UNMODIFIABLE_LIST -> Collections.unmodifiableList((List<?>) inside);
      case UNMODIFIABLE_SET -> Collections.unmodifiableSet((Set<?>) inside);
      case UNMODIFIABLE_SORTED_SET -> Collections.unmodifiableSortedSet((SortedSet<?>) inside);
      case UNMODIFIABLE_NAVIGABLE_SET ->
          Collections.unmodifiableNavigableSet((NavigableSet<?>) inside);
      case UNMODIFIABLE_MAP -> Collections.unmodifiableMap((Map<?, ?>) inside);
      case UNMODIFIABLE_SORTED_MAP -> Collections.unmodifiableSortedMap((SortedMap<?, ?>) inside);
      case UNMODIFIABLE_NAVIGABLE_MAP ->
          Collections.unmodifiableNavigableMap((NavigableMap<?, ?>) inside);
      case SYNCHRONIZED_COLLECTION -> Collections.synchronizedCollection((Collection<?>) inside);
      case SYNCHRONIZED_LIST -> Collections.synchronizedList((List<?>) inside);
      case SYNCHRONIZED_SET -> Collections.synchronizedSet((Set<?>) inside);
      case SYNCHRONIZED_SORTED_SET -> Collections.synchronizedSortedSet((SortedSet<?>) inside);
      case SYNCHRONIZED_NAVIGABLE_SET ->
          Collections.synchronizedNavigableSet((NavigableSet<?>) inside);
      case SYNCHRONIZED_MAP -> Collections.synchronizedMap((Map<?, ?>) inside);
      case SYNCHRONIZED_SORTED_MAP -> Collections.synchronizedSortedMap((SortedMap<?, ?>) inside);
      case SYNCHRONIZED_NAVIGABLE_MAP ->
          Collections.synchronizedNavigableMap((NavigableMap<?, ?>) inside);
      case REVERSED_COMPARATOR -> Collections.reverseOrder((Comparator<?>) inside);
    };
  }
}
