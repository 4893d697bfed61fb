package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Text;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Constants with an anonymous class, whose name would not last. The key names the static final
 * field of the superclass that refers to the instance, as in {@code static final Rule NONE = new
 * Rule() {…}}.
 */
final class ConstantEncoding implements Encoding {

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
  static Encoding of(Class<?> type, Refused otherwise) {
    Class<?> holder = type.getSuperclass();
    if (holder == Object.class) {
      Class<?>[] interfaces = type.getInterfaces();
      // Made within its interface, so reading the interface's fields initialises nothing.
      if (interfaces.length != 1 || interfaces[0] != type.getEnclosingClass()) {
        return otherwise;
      }
      holder = interfaces[0];
    }
    List<Field> constants = new ArrayList<>();
    if (!Jdk.owns(holder)) {
      for (Field field : holder.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && Modifier.isFinal(field.getModifiers())
            && field.getType() == holder) {
          constants.add(field);
        }
      }
    }
    return constants.isEmpty() ? otherwise : new ConstantEncoding(constants, otherwise);
  }

  @Override
  public void write(CanonicalBytes out, Object value) throws UnkeyableException {
    if (!open) {
      out.open(constants);
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
