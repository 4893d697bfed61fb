package io.github.rediscached.agent.expression;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The call that an expression is evaluated for.
 *
 * @param target the object that the method is called on, null for a static method
 * @param arguments all arguments
 * @param result the method's result; only read where it is known
 * @param loader finds the types named in the expression; the class loader of the method's class
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would cost every call.
public record ExpressionCall(
    Method method,
    @Nullable Object target,
    @Nullable Object[] arguments,
    @Nullable Object result,
    ClassLoader loader) {

  /** The method only: arguments and result must not get into a log. */
  @Override
  public String toString() {
    return "ExpressionCall[" + method + "]";
  }
}
