package io.github.rediscached.agent.type;

import java.lang.reflect.Method;

/**
 * A value can't be written. Serializers and {@link Opener} throw it; each serializer on the way up
 * adds a step to the path. Codec and keys turn it into their own exceptions, so that it never
 * leaves them.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A longer path is cut off at its deep end. */
  private static final int MAX_PATH = 300;

  private final StringBuilder path = new StringBuilder();
  private final String reason;
  private final String obstacle;

  /**
   * @param reason completes "The value holds at this path …", and ends with the remedy
   */
  public Refusal(String reason) {
    this(reason, reason);
  }

  private Refusal(String obstacle, String reason) {
    super(null, null, false, false);
    this.obstacle = obstacle;
    this.reason = reason;
  }

  /** Adds a step to the front of the path: the innermost holder comes first. */
  public Refusal within(String step) {
    path.insert(0, step);
    if (path.length() > MAX_PATH) {
      path.setLength(MAX_PATH);
    }
    return this;
  }

  public String describe(String root) {
    return "The value holds at " + root + path + " " + reason;
  }

  /** The reason without the remedy, which differs between arguments and values. */
  public String obstacle() {
    return obstacle;
  }

  /** A new one with the same reason and an empty path. */
  public Refusal again() {
    return new Refusal(obstacle, reason);
  }

  /** The name with the article that English puts before it. */
  public static String a(String name) {
    return ("AEIOUaeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
  }

  public static Refusal of(Class<?> type, String why, String remedy) {
    String obstacle = "a " + type.getTypeName() + inMethod(type) + ", " + why;
    return new Refusal(obstacle, obstacle + ". " + remedy);
  }

  /** The method of an anonymous or local class, to follow its name, which has only a number. */
  public static String inMethod(Class<?> type) {
    if (!type.isAnonymousClass() && !type.isLocalClass()) {
      return "";
    }
    try {
      Method method = type.getEnclosingMethod();
      return method == null ? "" : " in the method " + method.getName();
    } catch (LinkageError | TypeNotPresentException e) {
      // The method names a class that is missing here.
      return "";
    }
  }
}
