package io.github.rediscached.agent.plan;

/**
 * Which classes a setting means: a full name, {@code *} in it for a part of a name and {@code ..}
 * for any packages; with a class, those in it. Immutable.
 */
public final class TypePattern {

  private final NamePattern name;

  private TypePattern(NamePattern name) {
    this.name = name;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it can be no class's name
   */
  public static TypePattern parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && c != '*' && !Character.isJavaIdentifierPart(c)) {
        throw new IllegalArgumentException(
            "has \""
                + text
                + "\", no class. Write full names, such as com.acme.Order or"
                + " com.acme.model.*.");
      }
    }
    return new TypePattern(new NamePattern(text));
  }

  /** Whether it means the class of this name, or the one around that. */
  public boolean matches(String className) {
    int nested = className.indexOf('$');
    return name.matches(className) || (nested > 0 && name.matches(className.substring(0, nested)));
  }

  /** Whether it means a class, or one that this extends or implements. */
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
