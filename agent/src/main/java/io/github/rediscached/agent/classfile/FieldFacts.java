package io.github.rediscached.agent.classfile;

import io.github.rediscached.agent.plan.ClassFacts;
import java.lang.reflect.Field;
import java.util.Map;
import net.bytebuddy.jar.asm.Type;

/**
 * Where each instance field of a class gets its values from, as the code in the class file tells.
 * Codec and keys ask it which fields are content. The class file is read once, and the class itself
 * keeps the result. It never runs or initialises the class, and loads no other class. Immutable and
 * thread-safe.
 */
public final class FieldFacts {

  /** The origin of a field's values. */
  public enum Role {
    /**
     * A constructor stores more than null, zero or false in it: an argument, a value computed from
     * other fields, or a constant. A final field has at least this role.
     */
    CONSTRUCTED,

    /**
     * Constructors leave it empty or new, and its content comes later: from a setter, from another
     * method, from a method that fills its collection, or, if no code stores it, by reflection.
     */
    GIVEN,

    /**
     * Constructors make a new object for it, from no argument and no other field, such as a lock, a
     * logger or an empty map. Later it is only replaced by such objects.
     */
    FRESH,

    /**
     * The object computes it from its other fields on demand and keeps it: a hash code, a text, a
     * lazy value. It holds no information of its own.
     */
    MEMO,

    /** There is no readable class file, or it has no such field. */
    UNKNOWN;

    /** Whether the value of the field is part of the content of the object. */
    public boolean isContent() {
      return this != MEMO && this != FRESH;
    }
  }

  private static final ClassFacts<FieldFacts> OF_CLASSES =
      new ClassFacts<>() {
        @Override
        protected FieldFacts about(Class<?> type) {
          return new FieldFacts(FieldStudy.of(type));
        }
      };

  /** The roles by name and descriptor. */
  private final Map<String, Role> roles;

  private FieldFacts(Map<String, Role> roles) {
    this.roles = roles;
  }

  /** The facts of the fields that a class declares, without inherited ones. */
  public static FieldFacts of(Class<?> type) {
    return OF_CLASSES.get(type);
  }

  /** The role of an instance field of any class. */
  public static Role role(Field field) {
    return of(field.getDeclaringClass()).roleOf(field);
  }

  /** The role of an instance field that the class declares. */
  public Role roleOf(Field field) {
    return roles.getOrDefault(field.getName() + Type.getDescriptor(field.getType()), Role.UNKNOWN);
  }
}
