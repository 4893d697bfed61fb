package io.github.rediscached.agent.call;

import io.github.rediscached.agent.plan.FrameworkSubclasses;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;

/**
 * The realms of results: the application in this JVM and the class of the object for which a result
 * is good, as text; empty where it is good everywhere. {@code find(1)} of a base class gives
 * another result for each subclass. The realm is part of the schema of an entry, not of its key,
 * since an eviction by key knows neither application nor class and must reach all. {@link
 * MethodCalls} asks it once for each class, never during a call. Thread-safe.
 */
final class Realms {

  /** The code of lambdas, before they became hidden classes. */
  private static final String LAMBDA = "$$Lambda";

  private final Applications applications;

  Realms(Applications applications) {
    this.applications = applications;
  }

  /** The realm of a method's own class. */
  String of(Class<?> declaring) {
    return applications.of(declaring);
  }

  /**
   * The realm of the objects of a class that has inherited the method. A subclass that a framework
   * has made counts as the class for which it was made.
   */
  String of(Class<?> declaring, Class<?> receiver) {
    String own = of(declaring);
    Class<?> type = receiver;
    while (type != null && type != declaring && isGenerated(type)) {
      type = type.getSuperclass();
    }
    if (type == declaring) {
      return own;
    }
    if (type == null || !declaring.isAssignableFrom(type)) {
      String interfaces = interfaces(declaring, receiver);
      String application = applicationOf(receiver, own);
      return interfaces.isEmpty() ? own + application : own + '\n' + interfaces + application;
    }
    Class<?> superclass = type.getSuperclass();
    if (superclass != null && superclass.isEnum()) {
      // A constant with a body. Which one it is, is in the key.
      type = superclass;
    }
    return own
        + '\n'
        + (isNameStable(type) ? type.getName() + applicationOf(type, own) : Applications.random());
  }

  private String applicationOf(Class<?> type, String own) {
    String application = applications.of(type);
    return application.equals(own) ? "" : '\n' + application;
  }

  /** Whether a method of this class may run for objects of others. */
  static boolean mayHaveSubclasses(Class<?> declaring) {
    return !Modifier.isFinal(declaring.getModifiers()) && !declaring.isEnum();
  }

  private static boolean isGenerated(Class<?> type) {
    if (type.isHidden() || type.getName().contains(LAMBDA)) {
      return false;
    }
    return Proxy.isProxyClass(type) || FrameworkSubclasses.contain(type);
  }

  /**
   * The interfaces of the application, as the name of an implementation that is only generated.
   * Empty if it has no other interface than that of the method.
   */
  private static String interfaces(Class<?> declaring, Class<?> receiver) {
    Set<String> names = new TreeSet<>();
    for (Class<?> at = receiver; at != null; at = at.getSuperclass()) {
      for (Class<?> implemented : at.getInterfaces()) {
        if (implemented != declaring && declaring.isAssignableFrom(implemented)) {
          names.add(implemented.getName());
        }
      }
    }
    return String.join(" ", names);
  }

  /** The next build, or the next run, may give its name to other code. */
  private static boolean isNameStable(Class<?> type) {
    try {
      return !type.isHidden()
          && !type.getName().contains(LAMBDA)
          && !type.isAnonymousClass()
          && !type.isLocalClass();
    } catch (LinkageError e) {
      return false;
    }
  }
}
