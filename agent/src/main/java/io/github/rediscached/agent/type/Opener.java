package io.github.rediscached.agent.type;

import java.lang.reflect.AccessibleObject;
import java.util.function.Consumer;

/**
 * Makes private members accessible, also in modules that do not open the package. Codec and keys
 * call it before they read fields.
 */
public final class Opener {

  private final Consumer<Class<?>> openPackageOf;

  public Opener(Consumer<Class<?>> openPackageOf) {
    this.openPackageOf = openPackageOf;
  }

  /**
   * Returns the member itself, accessible.
   *
   * @throws Refusal if it can't be made so
   */
  public <T extends AccessibleObject> T open(T member, Class<?> declaring) {
    try {
      if (!member.trySetAccessible()) {
        openPackageOf.accept(declaring);
        member.setAccessible(true);
      }
      return member;
    } catch (RuntimeException e) {
      throw Refusal.of(
          declaring,
          "which is in a package that can't be opened to the agent",
          "Return another type.");
    }
  }

  /**
   * Opens the package of a class, for look-ups with its rights.
   *
   * @throws Refusal if that can't be done
   */
  public void openPackage(Class<?> type) {
    try {
      openPackageOf.accept(type);
    } catch (RuntimeException e) {
      throw Refusal.of(
          type, "which is in a package that can't be opened to the agent", "Return another type.");
    }
  }
}
