package io.github.rediscached.agent.plan;

/**
 * A pattern for classes in a setting: a full name, in which {@code *} is any part of a name and
 * {@code ..} any packages. It includes the nested classes of a class. Immutable.
 */
public final class TypePattern {

  private final NamePattern name;

  private TypePattern(NamePattern name) {
    this.name = name;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if no class can have such a name
   */
  public static TypePattern parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && c != '*' && !Character.isJavaIdentifierPart(c)) {
        throw new IllegalArgumentException(
            "has \"%s\", no class. Write full names, such as com.acme.Order or com.acme.model.*."
                .formatted(text));
      }
    }
    return new TypePattern(new NamePattern(text));
  }

  /** Whether it matches the class of this name, or the class around it. */
  public boolean matches(String className) {
    int nested = className.indexOf('$');
    return name.matches(className) || (nested > 0 && name.matches(className.substring(0, nested)));
  }

  /** Whether it matches a class or one of its supertypes. */
  public boolean matches(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (matches(c.getName()) || matchesInterfaceOf(c)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesInterfaceOf(Class<?> type) {
    for (Class<?> implemented : type.getInterfaces()) {
      if (matches(implemented.getName()) || matchesInterfaceOf(implemented)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
