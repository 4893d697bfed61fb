package io.github.rediscached.agent.instrument;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation or a rule asks of a method.
 *
 * @param options null if they can't be followed
 * @param problem why they can't, and what to do
 * @param wildcard the rule that asks for it, if it does not name the method
 */
record Asked<T>(@Nullable T options, @Nullable String problem, @Nullable MethodRule wildcard) {

  static <T> Asked<T> of(T options) {
    return new Asked<>(options, null, null);
  }

  /**
   * @param problem null if there is none
   */
  static <T> Asked<T> of(T options, @Nullable String problem) {
    return problem == null ? of(options) : wrong(problem);
  }

  static <T> Asked<T> wrong(String problem) {
    return new Asked<>(null, problem, null);
  }

  /** The same, asked of a method by a rule. A problem is reported for each method. */
  Asked<T> by(MethodRule rule, MethodModel method) {
    return problem != null || rule.pattern().namesMethod(method.name)
        ? this
        : new Asked<>(options, null, rule);
  }

  T get() throws Eligibility.Rejection {
    if (problem != null) {
      throw new Eligibility.Rejection(problem);
    }
    return Objects.requireNonNull(options);
  }
}
