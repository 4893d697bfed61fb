package io.github.rediscached.agent.expression;

import io.github.rediscached.agent.plan.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables an expression may use: {@code #name}, {@code #p0} and {@code #a0} for arguments,
 * and {@code #result}. Immutable.
 *
 * <p>As in Spring, a parameter's own name wins over {@code p0} and {@code a0}, and {@code #result},
 * where it is known, over a parameter of that name.
 */
final class Variables {

  static final int RESULT = -1;
  static final int UNKNOWN = -2;

  private final List<@Nullable String> parameterNames;
  private final boolean resultKnown;
  private final Map<String, Integer> indices = new HashMap<>();

  Variables(List<@Nullable String> parameterNames, boolean resultKnown) {
    // Not List.copyOf, as names may be null.
    this.parameterNames = new ArrayList<>(parameterNames);
    this.resultKnown = resultKnown;
    for (int i = 0; i < parameterNames.size(); i++) {
      indices.put("p" + i, i);
      indices.put("a" + i, i);
    }
    for (int i = 0; i < parameterNames.size(); i++) {
      String name = parameterNames.get(i);
      if (name != null) {
        indices.put(name, i);
      }
    }
    if (resultKnown) {
      indices.put("result", RESULT);
    }
  }

  /** The index of an argument, {@link #RESULT} or {@link #UNKNOWN}. */
  int indexOf(String name) {
    Integer index = indices.get(name);
    return index == null ? UNKNOWN : index;
  }

  /**
   * The value of a variable.
   *
   * @param index as {@link #indexOf} returns it
   * @return null if the value is null, or the variable is unknown. An {@link Optional} result
   *     counts as its content, as in Spring
   */
  static @Nullable Object value(int index, ExpressionCall call) {
    if (index >= 0) {
      return call.arguments()[index];
    }
    Object result = index == RESULT ? call.result() : null;
    return result instanceof Optional<?> optional ? optional.orElse(null) : result;
  }

  /** All known names, without the number sign. */
  Set<String> known() {
    Set<String> known = new LinkedHashSet<>();
    for (String name : parameterNames) {
      if (name != null) {
        known.add(name);
      }
    }
    for (int i = 0; i < parameterNames.size(); i++) {
      known.add("p" + i);
    }
    if (resultKnown) {
      known.add("result");
    }
    known.add("root");
    return known;
  }

  /** The reason why a name is unknown, and the remedy. */
  String explain(String name) {
    if (name.equals("result")) {
      return "#result is known only when the method has returned. Use it in `unless` or `tags`, or"
          + " in an eviction without `before-invocation` and `on-exception`.";
    } else if (parameterNames.contains(null) && !name.matches("[ap]\\d+")) {
      return "#"
          + name
          + " can't be resolved, since the class file has no parameter names. Compile with"
          + " -parameters or -g, or write #p0.";
    }
    return unknown("#", name, known());
  }

  /**
   * The message for an unknown name, with the nearest known name or all of them.
   *
   * @param prefix the text before the unknown name and before each known one
   */
  static String unknown(String prefix, String name, Set<String> known) {
    String nearest = Suggestion.nearest(name, known);
    return prefix
        + name
        + " is not known. "
        + (nearest != null
            ? "Did you mean " + prefix + nearest + "?"
            : "Known are " + prefix + String.join(", " + prefix, known) + ".");
  }
}
