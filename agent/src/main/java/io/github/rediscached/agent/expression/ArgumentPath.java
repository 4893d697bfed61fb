package io.github.rediscached.agent.expression;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an expression reads that is nothing but an argument, {@code #id}, or properties of one,
 * {@code #order.customer.id}: the same as SpEL reads, at the price of a call of the getters. Made
 * for the classes of one method, and goes with these. Immutable and thread-safe.
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
   * Null if it is something else, or SpEL has to look at each object.
   *
   * @param text SpEL whose names are known
   * @param parameterTypes the method's
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
    // SpEL takes these two for the root, whatever a parameter is called.
    return name.equals("root") || name.equals("this") ? Variables.UNKNOWN : variables.indexOf(name);
  }

  /** The argument's index. */
  public int parameter() {
    return parameter;
  }

  /** What is read is of this type, or null. */
  public Class<?> type() {
    return type;
  }

  /**
   * Reads the properties of the argument, as {@code (argument) → type}; throws where one on the way
   * is null. Null if it is the argument itself that is meant.
   */
  public @Nullable MethodHandle reader() {
    return reader;
  }

  /**
   * The value for a call.
   *
   * @throws Throwable also where something on the way is null
   */
  public @Nullable Object read(@Nullable Object[] arguments) throws Throwable {
    Object argument = arguments[parameter];
    return generic == null ? argument : (Object) generic.invokeExact(argument);
  }
}
