package io.github.rediscached.agent.plan;

/** A parameter in a method pattern. */
final class ParameterPattern {

  /** {@code ..}: any parameters, also none. */
  static final ParameterPattern ANY_NUMBER = new ParameterPattern("*", 0);

  private final boolean any;
  private final boolean simple;
  private final NamePattern element;
  private final int dimensions;

  /**
   * @param element the type without brackets, by simple or full name
   * @param dimensions how many pairs of brackets follow it
   */
  ParameterPattern(String element, int dimensions) {
    this.any = element.equals("*") && dimensions == 0;
    this.simple = element.indexOf('.') < 0;
    this.element = new NamePattern(element);
    this.dimensions = dimensions;
  }

  /**
   * Whether one parameter of this type matches.
   *
   * @param type such as {@code com.acme.Outer$Inner[]}
   */
  boolean matches(String type) {
    if (any) {
      return true;
    }
    int bracket = type.indexOf('[');
    int elementEnd = bracket < 0 ? type.length() : bracket;
    if (type.length() - elementEnd != 2 * dimensions) {
      return false;
    }
    String name = type.substring(0, elementEnd);
    if (!simple) {
      return element.matches(name);
    }
    // "Inner" and "Outer$Inner" both name com.acme.Outer$Inner.
    for (int start = name.lastIndexOf('.') + 1; ; ) {
      if (element.matches(name.substring(start))) {
        return true;
      }
      int nested = name.indexOf('$', start);
      if (nested < 0) {
        return false;
      }
      start = nested + 1;
    }
  }
}
