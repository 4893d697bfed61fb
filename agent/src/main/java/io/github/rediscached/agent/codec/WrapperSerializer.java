package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Collections} wraps around a collection or comparator: written as what is inside, and
 * wrapped again when read, by the method that is named like the class.
 */
final class WrapperSerializer extends ValueSerializer {

  private final Method wrap;
  private final Class<?> wrapped;
  private final JdkField inside;

  private WrapperSerializer(Method wrap, JdkField inside) {
    super(Identity.LATE);
    this.wrap = wrap;
    this.wrapped = wrap.getParameterTypes()[0];
    this.inside = inside;
  }

  /**
   * The serializer of one of the classes for collections.
   *
   * @param prefix {@code Unmodifiable} or {@code Synchronized}
   * @param wrapped the interface's name, such as {@code SortedMap}
   */
  static WrapperSerializer of(String prefix, String wrapped) {
    boolean isMap = wrapped.endsWith("Map");
    return of(
        prefix.toLowerCase(Locale.ROOT) + wrapped,
        ByName.present("java.util." + wrapped),
        prefix + (isMap ? "Map" : "Collection"),
        isMap ? "m" : "c");
  }

  static WrapperSerializer ofReversedComparators() {
    return of("reverseOrder", Comparator.class, "ReverseComparator2", "cmp");
  }

  /**
   * @param declaring the class that declares the field with what is inside
   */
  private static WrapperSerializer of(
      String method, @Nullable Class<?> parameter, String declaring, String field) {
    Class<?> wrapper = ByName.nested(declaring);
    try {
      if (wrapper == null) {
        throw new NoSuchMethodException(declaring);
      }
      return new WrapperSerializer(
          Collections.class.getMethod(method, parameter), new JdkField(wrapper, field));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  boolean hashesParts() {
    return true;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.write(inside.get(writer.opener, value));
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Object original = reader.readPresent();
    if (!wrapped.isInstance(original)) {
      throw Unreadable.corrupt(type.getName() + " can't wrap what it holds.");
    }
    return wrap(original);
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return comparison.same(
        inside.get(comparison.opener, written), inside.get(comparison.opener, read));
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    Object original = inside.get(copier.opener, value);
    return original == null ? super.copy(copier, value) : wrap(copier.copyPresent(original));
  }

  private Object wrap(Object original) {
    try {
      return wrap.invoke(null, original);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
