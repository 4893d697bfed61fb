package io.github.rediscached.agent.codec;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that the near cache keeps and no caller ever gets; each hit gets a copy of it. A copy
 * equals what the bytes would give, in a fraction of the time. Thread-safe, as the value never
 * changes.
 */
public final class Master {

  private final ValueCodec codec;
  private final Object value;
  private final int parts;

  private Master(ValueCodec codec, Object value, int parts) {
    this.codec = codec;
    this.value = value;
    this.parts = parts;
  }

  /**
   * Tries whether a value can be copied.
   *
   * @param referred what the value refers to more than once
   * @param maxParts how many objects it has at most if none of them is met twice
   * @return null if it can't
   */
  static @Nullable Master of(ValueCodec codec, Object value, Set<Object> referred, int maxParts) {
    try {
      GraphCopier trial = new GraphCopier(codec, maxParts);
      for (Object object : referred) {
        if (trial.copy(object) != object) {
          return null;
        }
      }
      trial.copy(value);
      return new Master(codec, value, trial.visits());
    } catch (Throwable e) {
      // For whatever reason: reading has its own way to tell it.
      return null;
    }
  }

  /** How many objects it is made of, scalars in fields aside; about. */
  public int parts() {
    return parts;
  }

  /**
   * A copy for one caller.
   *
   * @throws UnreadableValueException if that failed, be it in code of the application
   */
  public Object copy() throws UnreadableValueException {
    try {
      return new GraphCopier(codec, parts).copyPresent(value);
    } catch (Throwable e) {
      throw new UnreadableValueException(
          UnreadableValueException.Kind.CORRUPT,
          "The value can't be copied: " + e.getClass().getName() + ".",
          e);
    }
  }
}
