package io.github.rediscached.agent.plan;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows, by their names and interfaces, the subclasses that frameworks generate around a class: not
 * to be instrumented, taken for their superclass where they run its methods, no values, no
 * arguments. JDK proxies are none of them: see {@link java.lang.reflect.Proxy#isProxyClass}.
 */
public final class FrameworkSubclasses {

  private static final String[] NAME_PARTS = {
    "$$SpringCGLIB$$",
    "$$EnhancerBy",
    "$$FastClassBy",
    "$HibernateProxy$",
    "$HibernateProxy",
    "$ByteBuddy$",
    "$MockitoMock$",
    "_$$_jvst",
    "$$$view",
    "$Intercepted",
    "$Proxy$_$$",
    "$$OwbNormalScopeProxy",
    "$$OwbInterceptProxy",
    "$$Lambda",
    "$AjcClosure"
  };

  /** Applications have such names as well. */
  private static final String[] SUFFIXES = {"_$$_Weld", "_ClientProxy", "_Subclass"};

  private static final Set<String> MARKERS =
      Set.of(
          LibraryName.in("class org/springframework/cglib/proxy/Factory"),
          "net/sf/cglib/proxy/Factory",
          LibraryName.in("class org/springframework/aop/SpringProxy"),
          "org/hibernate/proxy/HibernateProxy",
          "io/quarkus/arc/ClientProxy",
          "io/quarkus/arc/Subclass",
          "javassist/util/proxy/ProxyObject",
          "org/jboss/weld/proxy/WeldClientProxy",
          "org/jboss/weld/bean/proxy/ProxyObject");

  private FrameworkSubclasses() {}

  /** Whether a class is one. */
  public static boolean contain(Class<?> type) {
    Class<?> superclass = type.getSuperclass();
    if (haveName(internal(type), superclass == null ? null : internal(superclass))) {
      return true;
    }
    for (Class<?> implemented : type.getInterfaces()) {
      if (mark(internal(implemented))) {
        return true;
      }
    }
    return false;
  }

  private static String internal(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  /** Whether an interface, by its internal name, is one that only such classes implement. */
  public static boolean mark(String interfaceName) {
    return MARKERS.contains(interfaceName);
  }

  /**
   * Whether a class has the name of one.
   *
   * @param className internal name
   * @param superName the superclass's; null if there is none
   */
  public static boolean haveName(String className, @Nullable String superName) {
    for (String part : NAME_PARTS) {
      if (className.contains(part)) {
        return true;
      }
    }
    if (superName != null) {
      for (String suffix : SUFFIXES) {
        int end = className.indexOf(suffix);
        // Quarkus writes a nested class with an underscore.
        if (end == superName.length()
            && className.substring(0, end).replace('$', '_').equals(superName.replace('$', '_'))) {
          return true;
        }
      }
    }
    return false;
  }
}
