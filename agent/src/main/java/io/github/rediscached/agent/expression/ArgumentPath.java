package io.github.rediscached.agent.expression;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An expression that is only an argument, {@code #id}, or properties of one, {@code
 * #order.customer.id}. It reads the same as SpEL, at the cost of calling the getters. Refers to the
 * classes of one method only, so that it is collected with them. Immutable and thread-safe.
 */
public final class ArgumentPath {

  private static final String NAME = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";

  private static final Pattern SYNTAX =
      Pattern.compile(
          "#(?<argument>root\\.args\\[(?<index>\\d{1,3})\\]|(?<name>"
              + NAME
              + "))(?:\\."
              + NAME
              + ")*");

  private static final MethodType GENERIC = MethodType.methodType(Object.class, Object.class);

  private final int parameter;
  private final Class<?> type;
  private final @Nullable MethodHandle reader;
  private final @Nullable MethodHandle generic;

  private ArgumentPath(int parameter, Class<?> type, @Nullable MethodHandle reader) {
    this.parameter = parameter;
    this.type = type;
    this.reader = reader;
    this.generic = reader == null ? null : reader.asType(GENERIC);
  }

  /**
   * The path that an expression stands for; null if it is another expression, or if SpEL has to
   * look at the class of each object.
   *
   * @param text SpEL whose names are known
   */
  static @Nullable ArgumentPath of(
      String text, Variables variables, Class<?>[] parameterTypes, Consumer<Class<?>> opener) {
    Matcher path = SYNTAX.matcher(text);
    if (!path.matches()) {
      return null;
    }
    int parameter = parameter(path, variables);
    if (parameter < 0 || parameter >= parameterTypes.length) {
      return null;
    }
    Class<?> at = parameterTypes[parameter];
    MethodHandle reader = null;
    for (String name : text.substring(path.end("argument")).split("\\.", -1)) {
      if (!name.isEmpty()) {
        MethodHandle step = Property.readerOf(at, name, opener);
        if (step == null) {
          return null;
        }
        reader = reader == null ? step : MethodHandles.filterReturnValue(reader, step);
        at = step.type().returnType();
      }
    }
    return new ArgumentPath(parameter, at, reader);
  }

  private static int parameter(Matcher path, Variables variables) {
    String name = path.group("name");
    if (name == null) {
      return Integer.parseInt(path.group("index"));
    }
    // SpEL takes these two for the root, even if a parameter has such a name.
    return name.equals("root") || name.equals("this") ? Variables.UNKNOWN : variables.indexOf(name);
  }

  /** The argument's index. */
  public int parameter() {
    return parameter;
  }

  /** The declared type of the value. */
  public Class<?> type() {
    return type;
  }

  /**
   * Reads the properties of the argument, as {@code (argument) → type}; throws where one on the way
   * is null. Null if the expression is the argument itself.
   */
  public @Nullable MethodHandle reader() {
    return reader;
  }

  /**
   * The value for a call.
   *
   * @throws Throwable also where a property on the way is null
   */
  public @Nullable Object read(@Nullable Object[] arguments) throws Throwable {
    Object argument = arguments[parameter];
    return generic == null ? argument : (Object) generic.invokeExact(argument);
  }
}
