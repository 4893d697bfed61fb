package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Text;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of libraries that are what some of their methods say, rather than what their fields say.
 * Holds nothing but what the value's own class refers to.
 */
final class AccessorEncoding extends CanonicalSerializer {

  /** A type, and the methods that say what an instance is. */
  private record Known(String type, List<String> accessors) {}

  private static final List<Known> KNOWN =
      List.of(
          // Of a chronology the text says all; its fields are caches and the zone's tables.
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
  private final Method[] accessors;
  private volatile boolean open;

  private AccessorEncoding(String className, Method[] accessors) {
    this.className = className;
    this.accessors = accessors;
  }

  /** The encoding of a class that has such methods; null if it has none. */
  static @Nullable CanonicalSerializer of(Class<?> type, Supertypes supertypes) {
    for (Known known : KNOWN) {
      Class<?> supertype = supertypes.named(known.type());
      if (supertype != null) {
        try {
          return of(type, known, supertype);
        } catch (NoSuchMethodException | LinkageError e) {
          return Refused.instanceOf(type, "is of an unknown version of its library");
        }
      }
    }
    return null;
  }

  private static CanonicalSerializer of(Class<?> type, Known known, Class<?> supertype)
      throws NoSuchMethodException {
    boolean isConstant = known.type().equals("scala.runtime.EnumValue");
    Method[] accessors = new Method[known.accessors().size()];
    for (int i = 0; i < accessors.length; i++) {
      // The class of a constant is anonymous, so the name is asked of what declares it.
      Class<?> declaring = isConstant ? type : supertype;
      accessors[i] = declaring.getMethod(known.accessors().get(i));
    }
    Class<?> named = isConstant ? type.getSuperclass() : supertype;
    return new AccessorEncoding(named.getName(), accessors);
  }

  @Override
  void write(CanonicalBytes out, Object value) {
    open(out);
    out.writeByte(Tag.LIBRARY_VALUE);
    Text.write(out, className);
    out.enter(value);
    for (Method accessor : accessors) {
      out.part("." + accessor.getName() + "()");
      Object part;
      try {
        part = accessor.invoke(value);
      } catch (ReflectiveOperationException e) {
        throw out.unkeyable("could not be read (" + e.getClass().getName() + ")");
      }
      if (accessor.getName().endsWith("outerEnum") && part != null) {
        Text.write(out, part.getClass().getName());
      } else {
        out.value(part);
      }
    }
    out.leave();
  }

  private void open(CanonicalBytes out) {
    if (!open) {
      for (Method accessor : accessors) {
        out.open(accessor.getDeclaringClass());
        accessor.setAccessible(true);
      }
      open = true;
    }
  }
}
