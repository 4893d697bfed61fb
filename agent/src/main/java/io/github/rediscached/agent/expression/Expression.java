package io.github.rediscached.agent.expression;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A parsed SpEL expression: {@code key}, {@code condition} or {@code unless}. Immutable and
 * thread-safe.
 *
 * <p>An expression that is nothing but one variable, such as {@code #id}, needs no SpEL at all.
 */
public final class Expression {

  private static final int NOT_A_VARIABLE = Integer.MIN_VALUE;

  private final String setting;

  /** The text in messages: the expression, or the template around it. */
  private final String shown;

  private final String text;
  private final Variables variables;
  private final Consumer<Class<?>> opener;

  /** The only variable; else {@link #NOT_A_VARIABLE}. */
  private final int variable;

  private final boolean usesResult;

  /**
   * Parsed again after it was cleared. It remembers the classes of the objects it has read. These
   * may belong to another application than the method does, and must stay collectable.
   */
  private volatile SoftReference<@Nullable SpelEvaluation> evaluation = new SoftReference<>(null);

  private Expression(
      String setting,
      String shown,
      String text,
      Variables variables,
      Consumer<Class<?>> opener,
      int variable)
      throws ExpressionException {
    this.setting = setting;
    this.shown = shown;
    this.text = text;
    this.variables = variables;
    this.opener = opener;
    this.variable = variable;
    this.usesResult = variable == NOT_A_VARIABLE ? checkNames() : variable == Variables.RESULT;
  }

  /**
   * Parses an expression, and checks that all its variables are known.
   *
   * @param setting the option in messages: "key", "condition", "unless"
   * @param text SpEL
   * @param parameterNames one for each parameter; null where the class file has none
   * @param resultKnown whether {@code #result} can be used
   * @param opener makes the package of a class of the application accessible to reflection, before
   *     its members are used
   * @throws ExpressionException if it is no SpEL, has a name that can't be resolved, or uses a
   *     feature that does not exist here, such as beans
   */
  public static Expression parse(
      String setting,
      String text,
      List<@Nullable String> parameterNames,
      boolean resultKnown,
      Consumer<Class<?>> opener)
      throws ExpressionException {
    return parse(setting, text, text, new Variables(parameterNames, resultKnown), opener);
  }

  /**
   * Parses an expression that may stand in a template.
   *
   * @param shown the text in messages
   */
  static Expression parse(
      String setting, String shown, String text, Variables variables, Consumer<Class<?>> opener)
      throws ExpressionException {
    if (text.isBlank()) {
      throw problem(setting, shown, "it is empty. Write SpEL, such as #p0.");
    }
    if (isVariable(text) && !text.equals("#root") && !text.equals("#this")) {
      String name = text.substring(1);
      int index = variables.indexOf(name);
      if (index == Variables.UNKNOWN) {
        throw problem(setting, shown, variables.explain(name));
      }
      return new Expression(setting, shown, text, variables, opener, index);
    }
    return new Expression(setting, shown, text, variables, opener, NOT_A_VARIABLE);
  }

  /** Checks all names, and returns whether the result is among them. */
  private boolean checkNames() throws ExpressionException {
    SpelEvaluation parsed = evaluation();
    String problem = parsed.problem();
    if (problem != null) {
      throw problem(setting, shown, problem);
    }
    return parsed.usesResult();
  }

  private static boolean isVariable(String text) {
    if (text.length() < 2
        || text.charAt(0) != '#'
        || !Character.isJavaIdentifierStart(text.charAt(1))) {
      return false;
    }
    for (int i = 2; i < text.length(); i++) {
      if (!Character.isJavaIdentifierPart(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static ExpressionException problem(String setting, String shown, String problem) {
    return new ExpressionException("`" + setting + "` is \"" + shown + "\": " + problem);
  }

  /** Whether it is a variable and nothing else. */
  boolean isVariable() {
    return variable != NOT_A_VARIABLE;
  }

  /** The argument, or the properties of one, that it reads; null if it needs SpEL. */
  public @Nullable ArgumentPath argumentPath(Class<?>[] parameterTypes) {
    return ArgumentPath.of(text, variables, parameterTypes, opener);
  }

  /** Whether it can only be evaluated after the method has returned. */
  public boolean usesResult() {
    return usesResult;
  }

  /**
   * The value for a call.
   *
   * @throws ExpressionException for any failure; no other exception is ever thrown
   */
  public @Nullable Object evaluate(ExpressionCall call) throws ExpressionException {
    if (variable != NOT_A_VARIABLE) {
      return Variables.value(variable, call);
    }
    try {
      return evaluation().evaluate(call);
    } catch (Throwable e) {
      // Getters of the application may throw anything; the call must go on.
      throw new ExpressionException(
          "`" + setting + "` is \"" + shown + "\" and failed: " + Failure.describe(e));
    }
  }

  /**
   * Whether the expression is true for a call.
   *
   * @throws ExpressionException if it is neither true nor false, or failed
   */
  public boolean test(ExpressionCall call) throws ExpressionException {
    Object value = evaluate(call);
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw problem(
        setting,
        shown,
        "it gave "
            + (value == null ? "null" : "a " + value.getClass().getName())
            + ", neither true nor false. Write a comparison, such as #p0 > 0.");
  }

  private SpelEvaluation evaluation() throws ExpressionException {
    SpelEvaluation current = evaluation.get();
    if (current == null) {
      try {
        current = SpelEvaluation.parse(text, variables, opener);
      } catch (RuntimeException e) {
        throw problem(
            setting,
            shown,
            "it is no expression: " + Failure.describe(e) + " Write SpEL, such as #p0.");
      }
      evaluation = new SoftReference<>(current);
    }
    return current;
  }
}
