package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Text;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of libraries whose content some of their methods tell, where their fields are caches or
 * tables. Holds no method but those of the value's own class.
 */
final class AccessorEncoding implements Encoding {

  /** A type, and the methods that tell the content of an instance. */
  private record Known(String type, List<String> accessors) {}

  private static final List<Known> KNOWN =
      List.of(
          // The text of a chronology says all; its fields are caches and the zone's tables.
          new Known("org.joda.time.Chronology", List.of("toString")),
          new Known("org.joda.time.DateTimeZone", List.of("getID")),
          new Known("org.joda.time.DateTimeFieldType", List.of("getName")),
          new Known("org.joda.time.DurationFieldType", List.of("getName")),
          new Known("kotlin.text.Regex", List.of("getPattern", "getOptions")),
          new Known("scala.Enumeration$Value", List.of("scala$Enumeration$$outerEnum", "id")),
          new Known("scala.runtime.EnumValue", List.of("productPrefix")),
          new Known("com.google.common.collect.Multimap", List.of("asMap")),
          new Known("com.google.common.collect.Table", List.of("rowMap")));

  private final String className;
  private final List<Method> accessors = new ArrayList<>();
  private volatile boolean open;

  private AccessorEncoding(Class<?> type, Known known, Class<?> supertype)
      throws NoSuchMethodException {
    // A constant of a Scala enum has an anonymous class, so its superclass gives the name.
    boolean isConstant = known.type().equals("scala.runtime.EnumValue");
    this.className = (isConstant ? type.getSuperclass() : supertype).getName();
    for (String accessor : known.accessors()) {
      accessors.add((isConstant ? type : supertype).getMethod(accessor));
    }
  }

  /** The encoding of a class that has such methods; null if it has none. */
  static @Nullable Encoding of(Class<?> type, TypeHierarchy hierarchy) {
    for (Known known : KNOWN) {
      Class<?> supertype = hierarchy.named(known.type());
      if (supertype != null) {
        try {
          return new AccessorEncoding(type, known, supertype);
        } catch (NoSuchMethodException | LinkageError e) {
          return Refused.instanceOf(type, "is of an unknown version of its library");
        }
      }
    }
    return null;
  }

  @Override
  public void write(CanonicalBytes out, Object value) throws UnkeyableException {
    if (!open) {
      out.open(accessors);
      open = true;
    }
    out.writeByte(Tag.LIBRARY_VALUE);
    Text.write(out, className);
    out.enter(value);
    for (Method accessor : accessors) {
      out.part("." + accessor.getName() + "()");
      Object part;
      try {
        part = accessor.invoke(value);
      } catch (ReflectiveOperationException e) {
        throw out.unreadable(e);
      }
      if (accessor.getName().endsWith("outerEnum") && part != null) {
        Text.write(out, part.getClass().getName());
      } else {
        out.value(part);
      }
    }
    out.leave();
  }
}
