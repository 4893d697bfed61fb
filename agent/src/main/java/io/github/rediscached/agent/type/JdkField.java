package io.github.rediscached.agent.type;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** A private field of a class of the JDK, opened for the first access. Thread-safe. */
public final class JdkField {

  private final Class<?> declaring;
  private final String name;
  private volatile @Nullable Field opened;

  public JdkField(Class<?> declaring, String name) {
    this.declaring = declaring;
    this.name = name;
  }

  public Class<?> declaring() {
    return declaring;
  }

  /**
   * Returns the field's value.
   *
   * @throws Refusal if this JDK has no such field, or it can't be opened
   */
  public @Nullable Object get(Opener opener, Object object) {
    try {
      return opened(opener).get(object);
    } catch (IllegalAccessException e) {
      throw missing();
    }
  }

  public void set(Opener opener, Object object, @Nullable Object value) {
    try {
      opened(opener).set(object, value);
    } catch (IllegalAccessException e) {
      throw missing();
    }
  }

  private Field opened(Opener opener) {
    Field field = opened;
    if (field == null) {
      try {
        field = opener.open(declaring.getDeclaredField(name), declaring);
      } catch (NoSuchFieldException e) {
        throw missing();
      }
      opened = field;
    }
    return field;
  }

  private Refusal missing() {
    return Refusal.of(
        declaring,
        "of which the field " + name + " is not there in this JDK",
        "Return another type.");
  }
}
