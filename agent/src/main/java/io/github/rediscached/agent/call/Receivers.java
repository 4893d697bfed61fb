package io.github.rediscached.agent.call;

import io.github.rediscached.agent.plan.ClassFacts;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one method body, told apart by the class of the object that it runs for: what a
 * method of a base class gives may depend on it. What is known of such a class is held by itself,
 * so it goes with it. Thread-safe.
 */
final class Receivers {

  private final Class<?> declaring;
  private final MethodCall own;
  private final @Nullable ClassFacts<MethodCall> others;
  private final boolean firstArgument;

  /**
   * @param own of objects of the declaring class itself
   * @param others those of objects of a subclass; null if there is no difference
   * @param firstArgument whether the object is the first argument of a static method
   */
  Receivers(
      Class<?> declaring,
      MethodCall own,
      @Nullable Function<Class<?>, MethodCall> others,
      boolean firstArgument) {
    this.declaring = declaring;
    this.own = own;
    this.others = others == null ? null : new PerClass(others);
    this.firstArgument = firstArgument;
  }

  private static final class PerClass extends ClassFacts<MethodCall> {

    private final Function<Class<?>, MethodCall> make;

    PerClass(Function<Class<?>, MethodCall> make) {
      this.make = make;
    }

    @Override
    protected MethodCall about(Class<?> type) {
      return make.apply(type);
    }
  }

  MethodCall own() {
    return own;
  }

  /** Whether the class of the object matters, and of which it is as a rule: else null. */
  @Nullable Class<?> declaring() {
    return others == null ? null : declaring;
  }

  /** Whether an argument stands for the object. */
  boolean areArguments() {
    return firstArgument;
  }

  MethodCall of(Class<?> receiver) {
    return others == null || receiver == declaring ? own : others.get(receiver);
  }

  /** The method's result, or one of the bridge's objects that let it run. */
  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  @Nullable Object enter(@Nullable Object target, @Nullable Object[] arguments) {
    Object receiver = firstArgument ? arguments[0] : target;
    MethodCall call = others == null || receiver == null ? own : of(receiver.getClass());
    return call.enter(target, arguments);
  }
}
