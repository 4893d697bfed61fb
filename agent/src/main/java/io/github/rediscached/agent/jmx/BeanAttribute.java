package io.github.rediscached.agent.jmx;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a bean: a primitive, a text or a list of texts. {@link AgentBean}, {@link
 * CacheBean} and {@link RedisBean} list theirs, {@link OpenBean} reads them. It never keeps a
 * value.
 *
 * @param type a primitive class, {@code String} or {@code String[]}
 * @param unit in which the value is counted or measured
 * @param unknown the value where there is none, or where reading it fails
 * @param setter null for an attribute that can only be read
 */
record BeanAttribute(
    String name,
    Class<?> type,
    String unit,
    String description,
    Supplier<?> getter,
    Object unknown,
    @Nullable Consumer<Boolean> setter) {

  static BeanAttribute count(String name, String unit, String description, LongSupplier getter) {
    return new BeanAttribute(name, long.class, unit, description, getter::getAsLong, 0L, null);
  }

  static BeanAttribute decimal(
      String name, String unit, String description, DoubleSupplier getter) {
    return new BeanAttribute(name, double.class, unit, description, getter::getAsDouble, 0.0, null);
  }

  static BeanAttribute flag(
      String name, String description, BooleanSupplier getter, @Nullable Consumer<Boolean> setter) {
    return new BeanAttribute(
        name, boolean.class, "true or false", description, getter::getAsBoolean, false, setter);
  }

  static BeanAttribute text(String name, String description, Supplier<String> getter) {
    return new BeanAttribute(name, String.class, "text", description, getter, "", null);
  }

  static BeanAttribute texts(
      String name, String unit, String description, Supplier<List<String>> getter) {
    return new BeanAttribute(
        name,
        String[].class,
        unit,
        description,
        () -> getter.get().toArray(new String[0]),
        new String[0],
        null);
  }

  /** The value; never throws. */
  Object value() {
    try {
      Object value = getter.get();
      return value == null ? unknown : value;
    } catch (Throwable failed) {
      // One attribute that fails must not cost the client the whole page.
      return unknown;
    }
  }

  MBeanAttributeInfo info() {
    return new MBeanAttributeInfo(
        name,
        type.getName(),
        OpenBean.withUnit(description, unit),
        true,
        setter != null,
        false,
        new ImmutableDescriptor("units=" + unit));
  }
}
