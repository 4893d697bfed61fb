package io.github.rediscached.agent.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypedValue;

/** The properties of {@code #root}, as in Spring. {@link SpelEvaluation} has SpEL call it. */
final class RootAccessor implements PropertyAccessor {

  static final Set<String> NAMES =
      new LinkedHashSet<>(List.of("args", "method", "methodName", "target", "targetClass"));

  @Override
  public Class<?>[] getSpecificTargetClasses() {
    return new Class<?>[] {ExpressionCall.class};
  }

  @Override
  public boolean canRead(EvaluationContext context, @Nullable Object target, String name) {
    return target instanceof ExpressionCall && NAMES.contains(name);
  }

  @Override
  public TypedValue read(EvaluationContext context, @Nullable Object target, String name) {
    if (!(target instanceof ExpressionCall call)) {
      return TypedValue.NULL;
    }
    Object value =
        switch (name) {
          case "args" -> call.arguments();
          case "method" -> call.method();
          case "methodName" -> call.method().getName();
          case "target" -> call.target();
          default -> targetClass(call);
        };
    return new TypedValue(value);
  }

  private static Class<?> targetClass(ExpressionCall call) {
    Object target = call.target();
    return target == null ? call.method().getDeclaringClass() : target.getClass();
  }

  @Override
  public boolean canWrite(EvaluationContext context, @Nullable Object target, String name) {
    return false;
  }

  @Override
  public void write(
      EvaluationContext context, @Nullable Object target, String name, @Nullable Object value) {
    throw new UnsupportedOperationException("#root can only be read.");
  }
}
