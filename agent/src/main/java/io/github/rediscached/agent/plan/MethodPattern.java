package io.github.rediscached.agent.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method pattern as users write it: {@code package.Type.method(types)}.
 *
 * <p>{@code *} stands for any part of a name without {@code $}, {@code ..} for any packages or any
 * parameters, also none; {@code Type+} for the type and all that implement or extend it; {@code $}
 * precedes a nested class. A parameter type is given by its simple or its full name, {@code *} is
 * exactly one parameter.
 */
public final class MethodPattern {

  private final String text;
  private final NamePattern type;
  private final boolean includesSubtypes;
  private final NamePattern method;
  private final List<ParameterPattern> parameters;

  private MethodPattern(
      String text,
      NamePattern type,
      boolean includesSubtypes,
      NamePattern method,
      List<ParameterPattern> parameters) {
    this.text = text;
    this.type = type;
    this.includesSubtypes = includesSubtypes;
    this.method = method;
    this.parameters = parameters;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none; the message completes a sentence that begins
   *     with the setting's name and ends with the remedy
   */
  public static MethodPattern parse(String text) {
    String pattern = text.strip();
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException(
          "is empty. Write package, type, method and parameters, such as"
              + " com.acme.Products.find(..).");
    }
    int open = pattern.indexOf('(');
    if (open < 0) {
      throw mistake(text, "has no parameters", "Write " + pattern + "(..) for any parameters.");
    }
    if (pattern.indexOf(')') != pattern.length() - 1) {
      throw mistake(
          text, "does not end with its only \")\"", "Close the parameters there, and only there.");
    }
    String name = pattern.substring(0, open).strip();
    int dot = name.lastIndexOf('.');
    String methodName = name.substring(dot + 1);
    if (methodName.isEmpty()) {
      throw mistake(text, "names no method", "Write one before the \"(\", or * for any.");
    }
    if (dot <= 0 || name.charAt(dot - 1) == '.') {
      throw mistake(
          text, "names no type", "Write package and type before the method, or * for any type.");
    }
    String typeName = name.substring(0, dot);
    boolean includesSubtypes = typeName.endsWith("+");
    if (includesSubtypes) {
      typeName = typeName.substring(0, typeName.length() - 1);
    }
    if (typeName.isEmpty() || typeName.endsWith(".")) {
      throw mistake(text, "names no type before the \"+\"", "Write one there, or * for any.");
    }
    checkName(text, typeName);
    checkName(text, methodName);
    return new MethodPattern(
        pattern,
        new NamePattern(typeName),
        includesSubtypes,
        new NamePattern(methodName),
        parseParameters(text, pattern.substring(open + 1, pattern.length() - 1)));
  }

  private static List<ParameterPattern> parseParameters(String text, String list) {
    List<ParameterPattern> parameters = new ArrayList<>();
    if (list.isBlank()) {
      return parameters;
    }
    int start = 0;
    while (start <= list.length()) {
      int comma = list.indexOf(',', start);
      int end = comma < 0 ? list.length() : comma;
      parameters.add(parseParameter(text, list.substring(start, end).strip()));
      start = end + 1;
    }
    return parameters;
  }

  private static ParameterPattern parseParameter(String text, String parameter) {
    if (parameter.isEmpty()) {
      throw mistake(text, "has an empty parameter", "Write a type, or * for any.");
    }
    if (parameter.equals("..")) {
      return ParameterPattern.ANY_NUMBER;
    }
    if (parameter.indexOf('<') >= 0) {
      throw mistake(
          text,
          "has type arguments in \"" + parameter + "\"",
          "Write " + parameter.substring(0, parameter.indexOf('<')) + " alone.");
    }
    String element = parameter;
    int dimensions = 0;
    if (element.endsWith("...")) {
      element = element.substring(0, element.length() - 3).stripTrailing();
      dimensions++;
    }
    while (element.endsWith("[]")) {
      element = element.substring(0, element.length() - 2).stripTrailing();
      dimensions++;
    }
    if (element.isEmpty() || element.endsWith(".")) {
      throw mistake(
          text, "has no type in \"" + parameter + "\"", "Write its name before the rest.");
    }
    checkName(text, element);
    return new ParameterPattern(element, dimensions);
  }

  /** Refuses characters that no name has, and syntax of other pattern languages. */
  private static void checkName(String text, String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.'
          || c == '*'
          || c == '-'
          || Character.isJavaIdentifierPart(c)
          || Character.isSurrogate(c)) {
        continue;
      }
      if (c == '+') {
        throw mistake(text, "has a misplaced \"+\"", "It stands only right after the type.");
      }
      if (Character.isWhitespace(c)) {
        throw mistake(
            text,
            "has a space in \"" + name + "\"",
            "Write no modifiers, return types or parameter names.");
      }
      if (c == '/') {
        throw mistake(text, "has a \"/\"", "Write dots between packages.");
      }
      throw mistake(
          text,
          "has \"" + c + "\" in \"" + name + "\"",
          "Write a name, with * for any part of it.");
    }
    if (name.contains("...")) {
      throw mistake(text, "has \"...\" in \"" + name + "\"", "Write .. for any packages.");
    }
    if (name.startsWith(".") && !name.startsWith("..")) {
      throw mistake(
          text, "has nothing before the dot in \"" + name + "\"", "Write .. for any packages.");
    }
  }

  private static IllegalArgumentException mistake(String text, String what, String remedy) {
    return new IllegalArgumentException("is \"" + text + "\", which " + what + ". " + remedy);
  }

  /** The pattern as it was written, without spaces around it. */
  public String text() {
    return text;
  }

  /** Package and type as they were written, without the {@code +}. */
  public String typeName() {
    return type.toString();
  }

  /** The method's name as it was written. */
  public String methodName() {
    return method.toString();
  }

  /** Whether {@code +} follows the type, so that the methods of its subtypes match as well. */
  public boolean includesSubtypes() {
    return includesSubtypes;
  }

  /**
   * The binary name of the class, such as {@code com.acme.Outer$Inner}; null if package or type
   * have a wildcard.
   */
  public @Nullable String exactClassName() {
    return type.exactName();
  }

  /**
   * Whether a class matches, without regard to {@code +}. Allocates nothing.
   *
   * @param binaryName such as {@code com.acme.Outer$Inner}
   */
  public boolean matchesClass(String binaryName) {
    return type.matches(binaryName);
  }

  /** Whether the pattern gives this name of a method without a wildcard. */
  public boolean namesMethod(String methodName) {
    return methodName.equals(method.exactName());
  }

  /**
   * Whether a method of a matching class matches.
   *
   * @param parameterTypes names such as {@code long}, {@code java.lang.String}, {@code
   *     com.acme.Outer$Inner[]}
   */
  public boolean matchesMethod(String methodName, List<String> parameterTypes) {
    if (!method.matches(methodName)) {
      return false;
    }
    // Like a wildcard in a text: on a mismatch the latest ".." takes one more parameter.
    int pattern = 0;
    int type = 0;
    int patternAfterAny = -1;
    int typeAfterAny = 0;
    while (type < parameterTypes.size()) {
      if (pattern < parameters.size() && parameters.get(pattern) == ParameterPattern.ANY_NUMBER) {
        patternAfterAny = ++pattern;
        typeAfterAny = type;
      } else if (pattern < parameters.size()
          && parameters.get(pattern).matches(parameterTypes.get(type))) {
        pattern++;
        type++;
      } else if (patternAfterAny >= 0) {
        pattern = patternAfterAny;
        type = ++typeAfterAny;
      } else {
        return false;
      }
    }
    while (pattern < parameters.size() && parameters.get(pattern) == ParameterPattern.ANY_NUMBER) {
      pattern++;
    }
    return pattern == parameters.size();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MethodPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
