package io.github.rediscached.agent.call;

import io.github.rediscached.agent.store.Question;
import io.github.rediscached.agent.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A state of a look-up: it is done, or it has a question for Redis and the next step as a function
 * of the answer (a continuation). So the steps are written once, in {@link LookupSteps} and {@link
 * Entries}, and run in two ways: the caller's thread asks and waits ({@link #run}), or futures go
 * on with each answer ({@link AsyncLookup}). A step itself never waits.
 *
 * @param <T> what the look-up ends with
 */
sealed interface Step<T> {

  /** The end. */
  record Done<T>(T value) implements Step<T> {}

  /**
   * A question.
   *
   * @param waits whether the answer is another call's load, which may take long
   */
  record Ask<A extends @Nullable Object, T>(Question<A> question, boolean waits, Next<A, T> next)
      implements Step<T> {}

  /** The step after an answer. */
  interface Next<A extends @Nullable Object, T> {

    Step<T> after(A answer);
  }

  static <T> Step<T> done(T value) {
    return new Done<>(value);
  }

  /** Asks Redis. */
  static <A extends @Nullable Object, T> Step<T> ask(Question<A> question, Next<A, T> next) {
    return new Ask<>(question, false, next);
  }

  /** Waits for another call's load. */
  static <A extends @Nullable Object, T> Step<T> await(Question<A> question, Next<A, T> next) {
    return new Ask<>(question, true, next);
  }

  default boolean isDone() {
    return this instanceof Done<T>;
  }

  /** What it ends with. Only where it is done. */
  default T value() {
    if (this instanceof Done<T> done) {
      return done.value();
    }
    throw new IllegalStateException("not done");
  }

  /** The same steps, and one more after their end. */
  default <R> Step<R> then(Next<T, R> last) {
    if (this instanceof Ask<?, T> ask) {
      return then(ask, last);
    }
    return last.after(value());
  }

  private static <A extends @Nullable Object, T, R> Step<R> then(Ask<A, T> ask, Next<T, R> last) {
    return new Ask<>(ask.question(), ask.waits(), answer -> ask.next().after(answer).then(last));
  }

  /** Runs all steps on this thread. */
  static <T> T run(Step<T> first) throws StoreUnavailableException {
    Step<T> step = first;
    while (step instanceof Ask<?, T> ask) {
      step = answered(ask);
    }
    return step.value();
  }

  private static <A extends @Nullable Object, T> Step<T> answered(Ask<A, T> ask)
      throws StoreUnavailableException {
    return ask.next().after(ask.question().ask());
  }
}
