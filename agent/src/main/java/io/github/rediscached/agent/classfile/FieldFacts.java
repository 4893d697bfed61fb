package io.github.rediscached.agent.classfile;

import java.lang.reflect.Field;
import java.util.Map;
import net.bytebuddy.jar.asm.Type;

/**
 * What the code of a class tells of its own fields that are not static: where each gets its values
 * from. It is read from the class file once for each class and kept by the class itself. Nothing of
 * the class is run or initialised, and no other class is loaded. Immutable and thread-safe.
 */
public final class FieldFacts {

  /** Where a field gets its values from. */
  public enum Role {
    /**
     * A constructor stores more in it than null, zero or false: something that it was given, that
     * it computes from other fields, or a constant of its own. Final fields are never less.
     */
    CONSTRUCTED,

    /**
     * Constructors leave it empty or new, and something else brings its content: a setter, another
     * method, a method that fills the collection in it, or, as no code does, reflection.
     */
    GIVEN,

    /**
     * Constructors make what is in it anew, from nothing that they were given and from no other
     * field, such as a lock, a logger or an empty map; later on it is replaced by the like only.
     */
    FRESH,

    /**
     * The object computes it from the rest when it is asked for it, and keeps it: a hash code, a
     * text, a lazy value. It says nothing that the other fields don't say.
     */
    MEMO,

    /** There is no class file to be read, or it has no such field. */
    UNKNOWN;

    /** Whether an object without this field's value would be another one. */
    public boolean isContent() {
      return this != MEMO && this != FRESH;
    }
  }

  private static final ClassValue<FieldFacts> OF_CLASSES =
      new ClassValue<>() {
        @Override
        protected FieldFacts computeValue(Class<?> type) {
          return new FieldFacts(FieldStudy.of(type));
        }
      };

  /** By name and descriptor. */
  private final Map<String, Role> roles;

  private FieldFacts(Map<String, Role> roles) {
    this.roles = roles;
  }

  /** The facts of the fields that this very class declares. */
  public static FieldFacts of(Class<?> type) {
    return OF_CLASSES.get(type);
  }

  /** The role of a field, of whichever class, that is not static. */
  public static Role role(Field field) {
    return of(field.getDeclaringClass()).roleOf(field);
  }

  /** The role of a field that the class declares, not a static one. */
  public Role roleOf(Field field) {
    return roles.getOrDefault(field.getName() + Type.getDescriptor(field.getType()), Role.UNKNOWN);
  }
}
