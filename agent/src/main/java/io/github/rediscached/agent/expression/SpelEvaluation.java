package io.github.rediscached.agent.expression;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.expression.AccessException;
import org.springframework.expression.ConstructorResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.MethodExecutor;
import org.springframework.expression.MethodResolver;
import org.springframework.expression.OperatorOverloader;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypeComparator;
import org.springframework.expression.TypeConverter;
import org.springframework.expression.TypeLocator;
import org.springframework.expression.spel.SpelCompilerMode;
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
 * One expression in SpEL, with all that SpEL remembers of the objects it has met: classes, found
 * members. All of this is here, and goes when this goes; what Spring keeps in static fields
 * (members, generic types, conversions) it keeps by soft references. Thread-safe.
 */
final class SpelEvaluation {

  /**
   * All said explicitly, or Spring would read system properties the application has set for itself.
   */
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
      List.of(new RootAccessor(), new Properties());
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

  /** What is wrong with the names in the expression, and what to do; null if all is well. */
  @Nullable String problem() {
    return new NameCheck(variables).problem(expression.getAST());
  }

  /** Whether the names in the expression are those of the result, too. */
  boolean usesResult() {
    return variables.indexOf("result") == Variables.RESULT
        && NameCheck.mentions(expression.getAST(), "#result");
  }

  /** The value for a call; throws anything. */
  @Nullable Object evaluate(ExpressionCall call) {
    return expression.getValue((EvaluationContext) new CallContext(this, call));
  }

  @Nullable Object variable(String name, ExpressionCall call) {
    return Variables.value(variables.indexOf(name), call);
  }

  List<PropertyAccessor> propertyAccessors() {
    return propertyAccessors;
  }

  List<MethodResolver> methodResolvers() {
    return methodResolvers;
  }

  List<ConstructorResolver> constructorResolvers() {
    return constructorResolvers;
  }

  TypeComparator typeComparator() {
    return typeComparator;
  }

  OperatorOverloader operatorOverloader() {
    return operatorOverloader;
  }

  TypeConverter typeConverter() {
    return typeConverter;
  }

  TypeLocator typeLocator(ClassLoader loader) {
    Types current = types;
    if (current == null || current.loader != loader) {
      current = new Types(loader);
      types = current;
    }
    return current;
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
}
