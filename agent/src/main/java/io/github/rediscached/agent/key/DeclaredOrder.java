package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Text;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The order of a set or map, where the declared type of a parameter says that there is one: {@code
 * LinkedHashMap} and {@code SortedSet}, but not {@code Map} and {@code Set}. A comparator with a
 * name counts as well, since it decides about {@code contains} and {@code headMap} too. {@link
 * CanonicalBytes} calls it after the value itself is written.
 */
final class DeclaredOrder {

  /** They exist from JDK 21 on. */
  private static final Set<String> SEQUENCED =
      Set.of("java.util.SequencedCollection", "java.util.SequencedMap", "java.util.SequencedSet");

  /** Comparators without a state; natural order is the same as none. */
  private static final Set<String> NAMED =
      Set.of(
          "java.lang.String$CaseInsensitiveComparator", "java.util.Collections$ReverseComparator");

  private static final String NATURAL = "java.util.Comparators$NaturalOrderComparator";

  private DeclaredOrder() {}

  /** Whether values of a declared type have an order that {@code equals} does not compare. */
  static boolean isIn(Class<?> declared) {
    return SortedSet.class.isAssignableFrom(declared)
        || SortedMap.class.isAssignableFrom(declared)
        || LinkedHashMap.class.isAssignableFrom(declared)
        || LinkedHashSet.class.isAssignableFrom(declared)
        || SEQUENCED.contains(declared.getName());
  }

  /** Writes the order of a value that has been written without it. */
  static void write(@Nullable Object value, CanonicalBytes out) throws UnkeyableException {
    if (value instanceof Map<?, ?> map) {
      write(map, map.keySet(), comparator(value), out);
    } else if (value instanceof Set<?> set) {
      write(set, set, comparator(value), out);
    }
  }

  private static void write(
      Object value, Collection<?> elements, @Nullable Comparator<?> comparator, CanonicalBytes out)
      throws UnkeyableException {
    out.writeByte(Tag.ORDER);
    Text.write(out, nameOf(comparator));
    out.enter(value);
    CollectionEncoding.inOrder(out, elements);
    out.leave();
  }

  private static @Nullable Comparator<?> comparator(Object value) {
    if (value instanceof SortedMap<?, ?> map) {
      return map.comparator();
    }
    return value instanceof SortedSet<?> set ? set.comparator() : null;
  }

  /** The name of a comparator; "?" without one, as then only the order of the elements counts. */
  private static String nameOf(@Nullable Comparator<?> comparator) {
    if (comparator == null) {
      return "";
    } else if (comparator instanceof Enum<?> constant) {
      String type = constant.getDeclaringClass().getName();
      return type.equals(NATURAL) ? "" : type + "." + constant.name();
    }
    Class<?> type = comparator.getClass();
    boolean named =
        Jdk.owns(type) ? NAMED.contains(type.getName()) : hasLastingName(type) && isStateless(type);
    return named ? type.getName() : "?";
  }

  private static boolean hasLastingName(Class<?> type) {
    return !type.isHidden()
        && !type.isSynthetic()
        && !type.isAnonymousClass()
        && !type.isLocalClass();
  }

  private static boolean isStateless(Class<?> type) {
    for (Class<?> each = type; each != null && !Jdk.owns(each); each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          return false;
        }
      }
    }
    return true;
  }
}
