package io.github.rediscached.agent.instrument;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation or a rule asks of a method.
 *
 * @param options null if they can't be followed
 * @param problem why they can't, and what to do
 */
record Asked<T>(@Nullable T options, @Nullable String problem) {

  static <T> Asked<T> of(T options) {
    return new Asked<>(options, null);
  }

  /**
   * @param problem null if there is none
   */
  static <T> Asked<T> of(T options, @Nullable String problem) {
    return problem == null ? of(options) : wrong(problem);
  }

  static <T> Asked<T> wrong(String problem) {
    return new Asked<>(null, problem);
  }

  T get() throws Rejection {
    if (problem != null) {
      throw new Rejection(problem);
    }
    return Objects.requireNonNull(options);
  }
}
