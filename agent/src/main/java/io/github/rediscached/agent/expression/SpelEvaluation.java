package io.github.rediscached.agent.expression;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.expression.AccessException;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.ConstructorResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.MethodExecutor;
import org.springframework.expression.MethodResolver;
import org.springframework.expression.OperatorOverloader;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypeComparator;
import org.springframework.expression.TypeConverter;
import org.springframework.expression.TypeLocator;
import org.springframework.expression.TypedValue;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelEvaluationException;
import org.springframework.expression.spel.SpelMessage;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.ReflectiveConstructorResolver;
import org.springframework.expression.spel.support.ReflectiveMethodResolver;
import org.springframework.expression.spel.support.ReflectivePropertyAccessor;
import org.springframework.expression.spel.support.StandardOperatorOverloader;
import org.springframework.expression.spel.support.StandardTypeComparator;
import org.springframework.expression.spel.support.StandardTypeConverter;
import org.springframework.expression.spel.support.StandardTypeLocator;

/**
 * One expression in SpEL, with the classes and members that SpEL remembers of the objects it has
 * met. {@link Expression} refers to it softly, so that it keeps no class loader in memory; Spring's
 * own static caches hold their classes softly, too. Thread-safe.
 */
final class SpelEvaluation {

  /** Each option is set, since Spring's defaults come from system properties of the application. */
  private static final SpelParserConfiguration CONFIGURATION =
      SpelParserConfiguration.builder()
          .compilerMode(SpelCompilerMode.OFF)
          .maximumOperations(SpelParserConfiguration.DEFAULT_MAX_OPERATIONS)
          .maximumBigPowerBits(SpelParserConfiguration.DEFAULT_MAX_BIG_POWER_BITS)
          .build();

  private final SpelExpression expression;
  private final Variables variables;
  private final Consumer<Class<?>> opener;
  private final Set<Class<?>> opened = ConcurrentHashMap.newKeySet();

  private final List<PropertyAccessor> propertyAccessors =
      List.of(new RootAccessor(), new Properties(), new MapEntries());
  private final List<MethodResolver> methodResolvers = List.of(new Methods());
  private final List<ConstructorResolver> constructorResolvers =
      List.of(new ReflectiveConstructorResolver());
  private final TypeConverter typeConverter = new StandardTypeConverter();
  private final TypeComparator typeComparator = new StandardTypeComparator();
  private final OperatorOverloader operatorOverloader = new StandardOperatorOverloader();
  private volatile @Nullable Types types;

  private SpelEvaluation(
      SpelExpression expression, Variables variables, Consumer<Class<?>> opener) {
    this.expression = expression;
    this.variables = variables;
    this.opener = opener;
  }

  /** Parses; throws the exceptions of SpEL. */
  static SpelEvaluation parse(String text, Variables variables, Consumer<Class<?>> opener) {
    SpelExpression expression = new SpelExpressionParser(CONFIGURATION).parseRaw(text);
    return new SpelEvaluation(expression, variables, opener);
  }

  /** The first problem with a name in the expression, and its remedy; null if there is none. */
  @Nullable String problem() {
    return new NameCheck(variables).problem(expression.getAST());
  }

  /** Whether the expression uses the result. */
  boolean usesResult() {
    return variables.indexOf("result") == Variables.RESULT
        && NameCheck.mentions(expression.getAST(), "#result");
  }

  /** The value for a call; throws anything. */
  @Nullable Object evaluate(ExpressionCall call) {
    return expression.getValue((EvaluationContext) new Context(call));
  }

  /** Opens the class of an object of the application; classes of the JDK stay closed. */
  private void open(@Nullable Object target) {
    if (target != null) {
      openType(target instanceof Class<?> type ? type : target.getClass());
    }
  }

  private void openType(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      ClassLoader loader = each.getClassLoader();
      if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
        return;
      }
      if (opened.add(each)) {
        opener.accept(each);
      }
    }
  }

  private final class Properties extends ReflectivePropertyAccessor {

    Properties() {
      super(false);
    }

    @Override
    public boolean canRead(EvaluationContext context, @Nullable Object target, String name)
        throws AccessException {
      open(target);
      return super.canRead(context, target, name);
    }
  }

  private final class Methods extends ReflectiveMethodResolver {

    @Override
    public @Nullable MethodExecutor resolve(
        EvaluationContext context, Object target, String name, List<TypeDescriptor> argumentTypes)
        throws AccessException {
      open(target);
      return super.resolve(context, target, name, argumentTypes);
    }
  }

  private final class Types implements TypeLocator {

    private final ClassLoader loader;
    private final StandardTypeLocator locator;

    Types(ClassLoader loader) {
      this.loader = loader;
      locator = new StandardTypeLocator(loader);
    }

    @Override
    public Class<?> findType(String typeName) {
      Class<?> type = locator.findType(typeName);
      openType(type);
      return type;
    }
  }

  /** The view that SpEL has of one call. It allows no assignment. */
  private final class Context implements EvaluationContext {

    private final ExpressionCall call;

    Context(ExpressionCall call) {
      this.call = call;
    }

    @Override
    public TypedValue getRootObject() {
      return new TypedValue(call);
    }

    @Override
    public List<PropertyAccessor> getPropertyAccessors() {
      return propertyAccessors;
    }

    @Override
    public List<MethodResolver> getMethodResolvers() {
      return methodResolvers;
    }

    @Override
    public List<ConstructorResolver> getConstructorResolvers() {
      return constructorResolvers;
    }

    @Override
    public @Nullable BeanResolver getBeanResolver() {
      return null;
    }

    @Override
    public TypeLocator getTypeLocator() {
      Types current = types;
      if (current == null || current.loader != call.loader()) {
        current = new Types(call.loader());
        types = current;
      }
      return current;
    }

    @Override
    public TypeConverter getTypeConverter() {
      return typeConverter;
    }

    @Override
    public TypeComparator getTypeComparator() {
      return typeComparator;
    }

    @Override
    public OperatorOverloader getOperatorOverloader() {
      return operatorOverloader;
    }

    @Override
    public @Nullable Object lookupVariable(String name) {
      return Variables.value(variables.indexOf(name), call);
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
}
