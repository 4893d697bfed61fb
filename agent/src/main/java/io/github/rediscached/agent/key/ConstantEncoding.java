package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Text;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instances of classes without a lasting name that are constants: each is the one that a static
 * final field of its superclass refers to, as in {@code static final Rule NONE = new Rule() {…}}.
 */
final class ConstantEncoding extends CanonicalSerializer {

  private final List<Field> constants;
  private final Refused otherwise;
  private volatile boolean open;

  private ConstantEncoding(List<Field> constants, Refused otherwise) {
    this.constants = constants;
    this.otherwise = otherwise;
  }

  /**
   * The encoding of an anonymous class.
   *
   * @param otherwise why an instance that is no constant is refused
   */
  static CanonicalSerializer of(Class<?> type, Refused otherwise) {
    List<Field> constants = new ArrayList<>();
    Class<?> superclass = type.getSuperclass();
    if (superclass != Object.class) {
      add(superclass, constants);
    } else if (type.getInterfaces().length == 1
        && type.getInterfaces()[0] == type.getEnclosingClass()) {
      // Made within its interface, so that is initialised.
      add(type.getInterfaces()[0], constants);
    }
    return constants.isEmpty() ? otherwise : new ConstantEncoding(constants, otherwise);
  }

  private static void add(@Nullable Class<?> holder, List<Field> constants) {
    if (holder == null || Jdk.owns(holder)) {
      return;
    }
    for (Field field : holder.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())
          && Modifier.isFinal(field.getModifiers())
          && field.getType() == holder) {
        constants.add(field);
      }
    }
  }

  @Override
  void write(CanonicalBytes out, Object value) {
    if (!open) {
      for (Field field : constants) {
        out.open(field.getDeclaringClass());
        field.setAccessible(true);
      }
      open = true;
    }
    for (Field field : constants) {
      if (holds(field, value)) {
        out.writeByte(Tag.CONSTANT);
        Text.write(out, field.getDeclaringClass().getName());
        Text.write(out, field.getName());
        return;
      }
    }
    otherwise.write(out, value);
  }

  private static boolean holds(Field field, Object value) {
    try {
      return field.get(null) == value;
    } catch (IllegalAccessException e) {
      return false;
    }
  }
}
