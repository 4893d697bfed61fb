package io.github.rediscached.agent.expression;

import io.github.rediscached.agent.type.EncodedText;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text with expressions in it, each in <code>#{ }</code>: {@code tags} and {@code key-pattern}.
 * Immutable and thread-safe.
 *
 * <p>A template that is one single expression may give any number of texts: one for each element of
 * a collection or an array.
 */
public final class Template {

  private final String setting;
  private final String text;
  private final boolean ofKeys;

  /** The literal texts before, between and behind the expressions. */
  private final List<String> literals;

  private final List<Expression> expressions;

  private Template(
      String setting,
      String text,
      boolean ofKeys,
      List<String> literals,
      List<Expression> expressions) {
    this.setting = setting;
    this.text = text;
    this.ofKeys = ofKeys;
    this.literals = List.copyOf(literals);
    this.expressions = List.copyOf(expressions);
  }

  /**
   * Parses a template, and checks that all variables in it are known.
   *
   * @param setting the option in messages, such as "tags"
   * @param text literal text with SpEL in <code>#{ }</code>
   * @param parameterNames one for each parameter; null where the class file has none
   * @param resultKnown whether {@code #result} can be used
   * @param opener as for {@link Expression#parse}
   * @throws ExpressionException if it is empty, its braces do not match, a variable stands outside
   *     of braces, or an expression can't be used
   */
  public static Template parse(
      String setting,
      String text,
      List<@Nullable String> parameterNames,
      boolean resultKnown,
      Consumer<Class<?>> opener)
      throws ExpressionException {
    return parse(setting, text, false, new Variables(parameterNames, resultKnown), opener);
  }

  /**
   * Parses a pattern over keys. The values of its expressions are written as in a key, so that a
   * {@code *} in an argument is no wildcard.
   *
   * @see #parse
   */
  public static Template parseKeyPattern(
      String setting,
      String text,
      List<@Nullable String> parameterNames,
      boolean resultKnown,
      Consumer<Class<?>> opener)
      throws ExpressionException {
    return parse(setting, text, true, new Variables(parameterNames, resultKnown), opener);
  }

  private static Template parse(
      String setting, String text, boolean ofKeys, Variables variables, Consumer<Class<?>> opener)
      throws ExpressionException {
    if (text.isBlank()) {
      throw Expression.problem(setting, text, "it is empty. Write a text, such as product:#{#p0}.");
    }
    TemplateText parts = new TemplateText(text);
    String problem = parts.problem(variables);
    if (problem != null) {
      throw Expression.problem(setting, text, problem);
    }
    List<Expression> expressions = new ArrayList<>();
    for (String expression : parts.expressions()) {
      expressions.add(Expression.parse(setting, text, expression, variables, opener));
    }
    return new Template(setting, text, ofKeys, parts.literals(), expressions);
  }

  /**
   * Whether all its expressions are variables. Then it depends on the arguments and the result
   * only; others may depend on anything.
   */
  public boolean isOfVariables() {
    for (Expression expression : expressions) {
      if (!expression.isVariable()) {
        return false;
      }
    }
    return true;
  }

  /** Whether it can only be evaluated after the method has returned. */
  public boolean usesResult() {
    for (Expression expression : expressions) {
      if (expression.usesResult()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The texts for a call.
   *
   * @return none if a value in it is null
   * @throws ExpressionException if an expression failed or its value has no text; no other
   *     exception is ever thrown
   */
  public List<String> evaluate(ExpressionCall call) throws ExpressionException {
    if (expressions.isEmpty()) {
      return literals;
    } else if (expressions.size() > 1 || !literals.get(0).isEmpty() || !literals.get(1).isEmpty()) {
      return joined(call);
    }
    Object value = expressions.get(0).evaluate(call);
    if (value instanceof Collection<?> || (value != null && value.getClass().isArray())) {
      return each(value);
    }
    String single = textOf(value);
    return single == null ? List.of() : List.of(single);
  }

  private List<String> joined(ExpressionCall call) throws ExpressionException {
    StringBuilder joined = new StringBuilder(literals.get(0));
    for (int i = 0; i < expressions.size(); i++) {
      String part = textOf(expressions.get(i).evaluate(call));
      if (part == null) {
        return List.of();
      }
      joined.append(part).append(literals.get(i + 1));
    }
    return List.of(joined.toString());
  }

  private List<String> each(Object elements) throws ExpressionException {
    List<String> texts = new ArrayList<>();
    try {
      if (elements instanceof Collection<?> collection) {
        for (Object element : collection) {
          add(element, texts);
        }
      } else {
        for (int i = 0; i < Array.getLength(elements); i++) {
          add(Array.get(elements, i), texts);
        }
      }
    } catch (ExpressionException e) {
      throw e;
    } catch (Throwable e) {
      // A collection of the application may throw anything.
      throw failed(e);
    }
    return texts;
  }

  private void add(@Nullable Object element, List<String> texts) throws ExpressionException {
    String each = textOf(element);
    if (each != null) {
      texts.add(each);
    }
  }

  private @Nullable String textOf(@Nullable Object valueOrOptional) throws ExpressionException {
    Object value =
        valueOrOptional instanceof Optional<?> optional ? optional.orElse(null) : valueOrOptional;
    if (value == null) {
      return null;
    }
    String plain;
    String encoded;
    try {
      plain = ValueText.of(value);
      encoded = plain == null || !ofKeys ? plain : ValueText.inKeys(value);
    } catch (Throwable e) {
      throw failed(e);
    }
    if (plain == null) {
      throw Expression.problem(
          setting,
          text,
          "it gave a " + value.getClass().getTypeName() + ", which is no text. " + remedy(value));
    } else if (encoded == null) {
      throw Expression.problem(
          setting,
          text,
          "it gave text that is longer than "
              + EncodedText.MAX_TEXT_CHARS
              + " characters, or no proper Unicode, and so stands as a digest in keys. Evict by"
              + " `key` or by tag.");
    }
    return encoded;
  }

  private static String remedy(Object value) {
    return value instanceof Collection<?> || value.getClass().isArray()
        ? "Write one expression for all of the text, such as #{#p0.!['product:' + #this]}."
        : "Write what identifies it, such as #{#p0.id}.";
  }

  private ExpressionException failed(Throwable e) {
    return new ExpressionException(
        "`" + setting + "` is \"" + text + "\" and failed: " + Failure.describe(e));
  }
}
