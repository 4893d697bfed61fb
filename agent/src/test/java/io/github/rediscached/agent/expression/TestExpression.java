package io.github.rediscached.agent.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions over objects whose packages need no opening. */
final class TestExpression {

  private TestExpression() {}

  static Expression parse(
      String setting, String text, List<@Nullable String> parameterNames, boolean resultKnown)
      throws ExpressionException {
    return Expression.parse(setting, text, parameterNames, resultKnown, type -> {});
  }
}
