package io.github.rediscached.agent.expression;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;

/**
 * Finds unknown names in the syntax tree of an expression, before it is evaluated for the first
 * time. SpEL itself takes an unknown variable for null, so all calls would have the same key.
 */
final class NameCheck {

  private static final String REMEDY = "Use arguments, #root, or static methods: T(type).method().";

  private final Variables variables;

  NameCheck(Variables variables) {
    this.variables = variables;
  }

  /** Whether a variable, with its number sign, is used anywhere. */
  static boolean mentions(SpelNode node, String variable) {
    if (node instanceof VariableReference && node.toStringAST().equals(variable)) {
      return true;
    }
    for (int i = 0; i < node.getChildCount(); i++) {
      if (mentions(node.getChild(i), variable)) {
        return true;
      }
    }
    return false;
  }

  /** The first problem of an expression, and its remedy; null if there is none. */
  @Nullable String problem(SpelNode root) {
    return check(root, true);
  }

  /**
   * @param inRoot whether a name without an object before it is a property of {@code #root}; in a
   *     selection or projection it is one of the element
   */
  private @Nullable String check(SpelNode node, boolean inRoot) {
    String problem = checkItself(node, inRoot);
    if (problem != null) {
      return problem;
    }
    boolean childrenInRoot = inRoot && !(node instanceof Selection || node instanceof Projection);
    for (int i = 0; i < node.getChildCount(); i++) {
      SpelNode child = node.getChild(i);
      problem =
          isMember(node, i, child)
              ? checkChildren(child, childrenInRoot)
              : check(child, childrenInRoot);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String checkChildren(SpelNode node, boolean inRoot) {
    for (int i = 0; i < node.getChildCount(); i++) {
      String problem = check(node.getChild(i), inRoot);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /** Whether a name is a member of the object before it, or the text of a map key. */
  private static boolean isMember(SpelNode parent, int index, SpelNode child) {
    if (parent instanceof CompoundExpression) {
      return index > 0
          && (child instanceof PropertyOrFieldReference || child instanceof MethodReference);
    }
    boolean isKey = parent instanceof Indexer || (parent instanceof InlineMap && index % 2 == 0);
    return isKey && child instanceof PropertyOrFieldReference;
  }

  private @Nullable String checkItself(SpelNode node, boolean inRoot) {
    String text = node.toStringAST();
    if (node instanceof VariableReference) {
      return checkVariable(text.substring(1));
    } else if (node instanceof BeanReference) {
      return "beans such as " + text + " are not known here. " + REMEDY;
    } else if (node instanceof FunctionReference) {
      return "there is no function " + text.substring(0, text.indexOf('(')) + "(). " + REMEDY;
    } else if (node instanceof Assign || node instanceof OpInc || node instanceof OpDec) {
      return "it changes " + node.getChild(0).toStringAST() + ". Only read in an expression.";
    } else if (node instanceof PropertyOrFieldReference property) {
      return inRoot ? checkRootProperty(property.getName()) : null;
    } else if (node instanceof MethodReference method) {
      return inRoot
          ? "there is no method " + method.getName() + "() without an object before it. " + REMEDY
          : null;
    } else if (node instanceof CompoundExpression) {
      return checkPropertyOfRootVariable(node);
    }
    return null;
  }

  private @Nullable String checkVariable(String name) {
    return name.equals("root")
            || name.equals("this")
            || variables.indexOf(name) != Variables.UNKNOWN
        ? null
        : variables.explain(name);
  }

  private @Nullable String checkRootProperty(String name) {
    if (RootAccessor.NAMES.contains(name)) {
      return null;
    } else if (variables.indexOf(name) != Variables.UNKNOWN) {
      return name + " is not known. Did you mean #" + name + "?";
    }
    Set<String> known = new LinkedHashSet<>();
    for (String variable : variables.known()) {
      known.add("#" + variable);
    }
    known.addAll(RootAccessor.NAMES);
    return Variables.unknown("", name, known);
  }

  private static @Nullable String checkPropertyOfRootVariable(SpelNode compound) {
    if (!compound.getChild(0).toStringAST().equals("#root")) {
      return null;
    }
    SpelNode member = compound.getChild(1);
    String name = member.toStringAST();
    if (member instanceof PropertyOrFieldReference property) {
      name = property.getName();
      if (RootAccessor.NAMES.contains(name)) {
        return null;
      }
    }
    return Variables.unknown("#root.", name, RootAccessor.NAMES);
  }
}
