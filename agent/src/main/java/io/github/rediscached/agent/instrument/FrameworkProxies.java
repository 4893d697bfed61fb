package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.LibraryName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the subclasses that frameworks generate around a class. They call through to it, and
 * caching in both would count everything twice.
 */
final class FrameworkProxies {

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

  private FrameworkProxies() {}

  static boolean contain(ClassModel type) {
    if (haveName(type.name(), type.superName())
        || "java/lang/reflect/Proxy".equals(type.superName())) {
      return true;
    }
    for (String implemented : type.interfaces()) {
      if (MARKERS.contains(implemented)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a class has the name of one.
   *
   * @param className internal name
   * @param superName the superclass's; null if there is none
   */
  static boolean haveName(String className, @Nullable String superName) {
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
