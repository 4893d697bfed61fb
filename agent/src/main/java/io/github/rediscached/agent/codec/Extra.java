package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Array;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a collection needs to be created besides its elements, such as a comparator. It stands in
 * front of the elements. Used by {@link ElementsSerializer}.
 */
enum Extra {
  NONE(""),
  COMPARATOR(".comparator()"),
  ACCESS_ORDER(".accessOrder"),
  DEFAULTS(".defaults"),
  /**
   * The enum's class, written as an empty array of it: an empty {@code EnumSet} has no constant.
   */
  ENUM_CLASS(".elementType"),
  NULLS(".allowNulls"),
  LOCALE(".getLocale()");

  private static final JdkField ACCESS = new JdkField(LinkedHashMap.class, "accessOrder");
  private static final JdkField DEFAULT_VALUES = new JdkField(Properties.class, "defaults");
  private static final JdkField KEY_TYPE = new JdkField(EnumMap.class, "keyType");
  private static final JdkField ELEMENT_TYPE = new JdkField(EnumSet.class, "elementType");

  /** The class of the lists that streams make, which is not public. */
  private static final JdkField ALLOWS_NULLS =
      new JdkField(Stream.of(1, 2, 3).toList().getClass(), "allowNulls");

  /** Leads from the collection to it, in messages. */
  final String step;

  Extra(String step) {
    this.step = step;
  }

  /** What a collection was created with. */
  @Nullable Object of(Opener opener, Object value) {
    return switch (this) {
      case NONE -> null;
      case COMPARATOR -> comparatorOf(value);
      // A view, which is written as a LinkedHashMap, is no instance of it.
      case ACCESS_ORDER ->
          value instanceof LinkedHashMap && Boolean.TRUE.equals(ACCESS.get(opener, value));
      case DEFAULTS -> DEFAULT_VALUES.get(opener, value);
      case ENUM_CLASS -> (value instanceof EnumMap ? KEY_TYPE : ELEMENT_TYPE).get(opener, value);
      // Short lists and parts of lists are of other classes, without the field.
      case NULLS ->
          value.getClass() == ALLOWS_NULLS.declaring()
              && Boolean.TRUE.equals(ALLOWS_NULLS.get(opener, value));
      case LOCALE -> localeOf(value);
    };
  }

  private static @Nullable Comparator<?> comparatorOf(Object value) {
    if (value instanceof SortedMap<?, ?> map) {
      return map.comparator();
    }
    if (value instanceof SortedSet<?> set) {
      return set.comparator();
    }
    return value instanceof PriorityQueue<?> queue
        ? queue.comparator()
        : ((PriorityBlockingQueue<?>) value).comparator();
  }

  private static Object localeOf(Object map) {
    if (ByName.call(map, "getLocale", "Return a map of the JDK.") instanceof Locale locale) {
      return locale;
    }
    throw Refusal.of(map.getClass(), "which has no locale", "Return a map of the JDK.");
  }

  void write(GraphWriter writer, Object value) {
    if (this == NONE) {
      return;
    }
    Object extra = of(writer.opener, value);
    if (extra instanceof Boolean flag) {
      writer.out.writeBoolean(flag);
    } else {
      writer.write(extra instanceof Class<?> type ? Array.newInstance(type, 0) : extra, step);
    }
  }

  @Nullable Object read(GraphReader reader) {
    return switch (this) {
      case NONE -> null;
      case COMPARATOR, DEFAULTS -> reader.read();
      case ACCESS_ORDER, NULLS -> reader.in.readBoolean();
      case ENUM_CLASS -> reader.readPresent().getClass().getComponentType();
      case LOCALE -> reader.readPresent();
    };
  }

  @Nullable Object copy(GraphCopier copier, Object value) {
    if (this == NONE) {
      return null;
    }
    Object extra = of(copier.opener, value);
    return this == COMPARATOR || this == DEFAULTS ? copier.copy(extra) : extra;
  }

  @SuppressWarnings("unchecked") // Of any elements: a wrong comparator throws.
  static @Nullable Comparator<@Nullable Object> asComparator(@Nullable Object extra) {
    return (Comparator<@Nullable Object>) extra;
  }
}
