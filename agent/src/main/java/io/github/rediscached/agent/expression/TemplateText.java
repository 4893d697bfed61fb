package io.github.rediscached.agent.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits the text of a {@link Template} at its braces. */
final class TemplateText {

  private static final String REMEDY = " Write expressions as #{...}, such as product:#{#p0}.";

  private final String text;
  private final List<String> literals = new ArrayList<>();
  private final List<String> expressions = new ArrayList<>();
  private @Nullable String problem;

  TemplateText(String text) {
    this.text = text;
    int at = 0;
    while (problem == null) {
      int open = text.indexOf("#{", at);
      literal(open < 0 ? text.substring(at) : text.substring(at, open));
      if (open < 0 || problem != null) {
        return;
      }
      int close = closing(open + 2);
      if (close < 0) {
        problem = "it has a #{ without its }, or a quote that does not end." + REMEDY;
        return;
      }
      expressions.add(text.substring(open + 2, close));
      at = close + 1;
    }
  }

  private void literal(String literal) {
    literals.add(literal);
    if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
      problem = "it has a brace outside of #{ }." + REMEDY;
    }
  }

  /** The place of the brace that closes an expression; -1 if there is none. */
  private int closing(int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        // A doubled quote is one in a literal: it ends and begins again here.
        i = text.indexOf(c, i + 1);
        if (i < 0) {
          return -1;
        }
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && depth-- == 0) {
        return i;
      }
    }
    return -1;
  }

  /** One more than there are expressions. */
  List<String> literals() {
    return literals;
  }

  List<String> expressions() {
    return expressions;
  }

  /** The first problem outside of the expressions, and its remedy; null if there is none. */
  @Nullable String problem(Variables variables) {
    if (problem != null) {
      return problem;
    }
    for (String literal : literals) {
      for (int at = literal.indexOf('#'); at >= 0; at = literal.indexOf('#', at + 1)) {
        int end = at + 1;
        while (end < literal.length() && Character.isJavaIdentifierPart(literal.charAt(end))) {
          end++;
        }
        // Taken as literal text, it would be the same for all calls.
        if (variables.known().contains(literal.substring(at + 1, end))) {
          String name = literal.substring(at, end);
          return name + " stands outside of braces. Did you mean #{" + name + "}?";
        }
      }
    }
    return null;
  }
}
