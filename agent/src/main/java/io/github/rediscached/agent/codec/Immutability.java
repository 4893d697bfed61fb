package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells immutable values, which all callers of the near cache may share: scalars, enum constants,
 * records and objects whose fields are all final, and the JDK's immutable collections, as long as
 * all that they hold is immutable too. A class gets its verdict once. Where a field's type allows
 * mutable values, each value is walked. In doubt a value counts as mutable. Thread-safe.
 */
final class Immutability {

  /** Looks no deeper, and no further: beyond that a value counts as mutable. */
  private static final int MAX_VALUES = 1_000;

  private final Opener opener;
  private final Map<Class<?>, Verdict> verdicts = new ConcurrentHashMap<>();

  Immutability(Opener opener) {
    this.opener = opener;
  }

  private enum Kind {
    MUTABLE,
    IMMUTABLE,
    /** If the values of its open fields are. */
    FIELDS,
    /** If its elements, or its keys and values, are. */
    ELEMENTS
  }

  private record Verdict(Kind kind, List<Field> openFields) {

    static Verdict of(Kind kind) {
      return new Verdict(kind, List.of());
    }
  }

  /** How many objects an immutable value is made of, scalars in fields aside; -1 if it is not. */
  int parts(@Nullable Object value) {
    Walk walk = new Walk();
    try {
      return walk.isImmutable(value) ? MAX_VALUES - walk.left : -1;
    } catch (StackOverflowError e) {
      return -1;
    }
  }

  /** The walk through one value. */
  private final class Walk {

    private int left = MAX_VALUES;

    boolean isImmutable(@Nullable Object value) {
      if (value == null) {
        return true;
      }
      if (--left < 0) {
        return false;
      }
      Verdict verdict = verdictOf(value.getClass());
      return switch (verdict.kind()) {
        case MUTABLE -> false;
        case IMMUTABLE -> true;
        case FIELDS -> allFields(verdict.openFields(), value);
        case ELEMENTS -> allElements(value);
      };
    }

    private boolean allFields(List<Field> fields, Object value) {
      try {
        for (Field field : fields) {
          if (!isImmutable(field.get(value))) {
            return false;
          }
        }
        return true;
      } catch (IllegalAccessException e) {
        return false;
      }
    }

    private boolean allElements(Object value) {
      if (value instanceof Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (!isImmutable(entry.getKey()) || !isImmutable(entry.getValue())) {
            return false;
          }
        }
        return true;
      }
      if (value instanceof Optional<?> optional) {
        return isImmutable(optional.orElse(null));
      }
      for (Object element : (Iterable<?>) value) {
        if (!isImmutable(element)) {
          return false;
        }
      }
      return true;
    }
  }

  private Verdict verdictOf(Class<?> type) {
    Verdict known = verdicts.get(type);
    if (known == null) {
      known = judge(type);
      verdicts.put(type, known);
    }
    return known;
  }

  private Verdict judge(Class<?> type) {
    if (Enum.class.isAssignableFrom(type)) {
      return Verdict.of(Kind.IMMUTABLE);
    }
    if (ScalaEnumSerializer.isConstant(type) || EnumerationSerializer.isValue(type)) {
      return Verdict.of(Kind.IMMUTABLE);
    }
    KnownClass builtIn = BuiltIns.of(type);
    if (builtIn != null) {
      return Verdict.of(kindOf(builtIn));
    }
    if (type.isArray() || Jdk.owns(type) || StandInSerializer.of(type) != null) {
      return Verdict.of(Kind.MUTABLE);
    }
    return judgeFields(type);
  }

  private static Kind kindOf(KnownClass builtIn) {
    if (builtIn.isScalar()) {
      return builtIn.serializer.isImmutable() ? Kind.IMMUTABLE : Kind.MUTABLE;
    }
    if (builtIn.serializer instanceof FixedCollectionSerializer immutable) {
      return immutable.hasFixedElements() ? Kind.ELEMENTS : Kind.MUTABLE;
    }
    return builtIn.type == Optional.class ? Kind.ELEMENTS : Kind.MUTABLE;
  }

  private Verdict judgeFields(Class<?> type) {
    if (!hasFinalFields(type)) {
      return Verdict.of(Kind.MUTABLE);
    }
    List<Field> open = new ArrayList<>();
    for (Field field : fieldsOf(type)) {
      if (!isFinalScalar(field.getType())) {
        try {
          open.add(opener.open(field, field.getDeclaringClass()));
        } catch (Refusal e) {
          return Verdict.of(Kind.MUTABLE);
        }
      }
    }
    return open.isEmpty() ? Verdict.of(Kind.IMMUTABLE) : new Verdict(Kind.FIELDS, open);
  }

  /** Whether nobody can give an object's fields other values; what these hold may change. */
  static boolean hasFinalFields(Class<?> type) {
    for (Class<?> c = type; !endsChain(c); c = c.getSuperclass()) {
      if (Jdk.owns(c)) {
        return false;
      }
    }
    return fieldsOf(type).stream().allMatch(field -> Modifier.isFinal(field.getModifiers()));
  }

  /** All but static ones, also those of superclasses. */
  private static List<Field> fieldsOf(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> c = type; !endsChain(c); c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  /**
   * Whether a field's type alone tells that nobody can change a value that was read into it, nor
   * anything in that.
   */
  static boolean isTold(Class<?> type) {
    try {
      return isTold(type, new HashSet<>());
    } catch (LinkageError | TypeNotPresentException e) {
      // A class may be missing that no value has: one that is there is looked at as any other.
      return false;
    }
  }

  /**
   * @param seen types that are immutable if all the others are: the first one that is not ends it
   */
  private static boolean isTold(Class<?> type, Set<Class<?>> seen) {
    if (type.isPrimitive() || type.isEnum() || !seen.add(type)) {
      return true;
    }
    if (type.isInterface() || type.isArray()) {
      return false;
    }
    if (Jdk.owns(type)) {
      // It need not be final: what the application derives from the JDK's scalars is never read.
      KnownClass builtIn = BuiltIns.of(type);
      return builtIn != null && kindOf(builtIn) == Kind.IMMUTABLE;
    }
    if (!Modifier.isFinal(type.getModifiers()) || !hasFinalFields(type)) {
      return false;
    }
    return fieldsOf(type).stream().allMatch(field -> isTold(field.getType(), seen));
  }

  private static boolean endsChain(@Nullable Class<?> type) {
    return type == null || type == Object.class || type == Record.class;
  }

  /** Whether a field's type alone tells that nobody can change its value. */
  private static boolean isFinalScalar(Class<?> type) {
    if (type.isPrimitive() || type.isEnum()) {
      return true;
    }
    KnownClass builtIn =
        Modifier.isFinal(type.getModifiers()) && Jdk.owns(type) ? BuiltIns.of(type) : null;
    return builtIn != null && kindOf(builtIn) == Kind.IMMUTABLE;
  }
}
