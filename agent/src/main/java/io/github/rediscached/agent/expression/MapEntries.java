package io.github.rediscached.agent.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypedValue;

/**
 * Reads {@code #map.name} as {@code #map['name']}, where a map has no property of that name. {@code
 * SpelEvaluation} asks it last.
 */
final class MapEntries implements PropertyAccessor {

  @Override
  public Class<?> @Nullable [] getSpecificTargetClasses() {
    return new Class<?>[] {Map.class};
  }

  @Override
  public boolean canRead(EvaluationContext context, @Nullable Object target, String name) {
    return target instanceof Map<?, ?>;
  }

  @Override
  public TypedValue read(EvaluationContext context, @Nullable Object target, String name) {
    return new TypedValue(target instanceof Map<?, ?> map ? map.get(name) : null);
  }

  @Override
  public boolean canWrite(EvaluationContext context, @Nullable Object target, String name) {
    return false;
  }

  @Override
  public void write(
      EvaluationContext context, @Nullable Object target, String name, @Nullable Object value) {
    throw new UnsupportedOperationException("Entries of maps can only be read.");
  }
}
