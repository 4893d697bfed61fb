package io.github.rediscached.agent.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.ConstructorResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.MethodResolver;
import org.springframework.expression.OperatorOverloader;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypeComparator;
import org.springframework.expression.TypeConverter;
import org.springframework.expression.TypeLocator;
import org.springframework.expression.TypedValue;
import org.springframework.expression.spel.SpelEvaluationException;
import org.springframework.expression.spel.SpelMessage;

/** What SpEL sees of one call. Nothing can be assigned. */
final class CallContext implements EvaluationContext {

  private final SpelEvaluation evaluation;
  private final ExpressionCall call;

  CallContext(SpelEvaluation evaluation, ExpressionCall call) {
    this.evaluation = evaluation;
    this.call = call;
  }

  @Override
  public TypedValue getRootObject() {
    return new TypedValue(call);
  }

  @Override
  public List<PropertyAccessor> getPropertyAccessors() {
    return evaluation.propertyAccessors();
  }

  @Override
  public List<MethodResolver> getMethodResolvers() {
    return evaluation.methodResolvers();
  }

  @Override
  public List<ConstructorResolver> getConstructorResolvers() {
    return evaluation.constructorResolvers();
  }

  @Override
  public @Nullable BeanResolver getBeanResolver() {
    return null;
  }

  @Override
  public TypeLocator getTypeLocator() {
    return evaluation.typeLocator(call.loader());
  }

  @Override
  public TypeConverter getTypeConverter() {
    return evaluation.typeConverter();
  }

  @Override
  public TypeComparator getTypeComparator() {
    return evaluation.typeComparator();
  }

  @Override
  public OperatorOverloader getOperatorOverloader() {
    return evaluation.operatorOverloader();
  }

  @Override
  public @Nullable Object lookupVariable(String name) {
    return evaluation.variable(name, call);
  }

  @Override
  public void setVariable(String name, @Nullable Object value) {
    throw new SpelEvaluationException(SpelMessage.VARIABLE_ASSIGNMENT_NOT_SUPPORTED, name);
  }

  @Override
  public boolean isAssignmentEnabled() {
    return false;
  }
}
