package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.LibraryName;
import java.util.Set;

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
    "_$$_Weld",
    "$Proxy$_$$",
    "$$OwbNormalScopeProxy",
    "_ClientProxy",
    "_Subclass",
    "$$Lambda",
    "$AjcClosure"
  };

  private static final Set<String> MARKERS =
      Set.of(
          LibraryName.in("class org/springframework/cglib/proxy/Factory"),
          "net/sf/cglib/proxy/Factory",
          LibraryName.in("class org/springframework/aop/SpringProxy"),
          "org/hibernate/proxy/HibernateProxy",
          "javassist/util/proxy/ProxyObject",
          "org/jboss/weld/proxy/WeldClientProxy",
          "org/jboss/weld/bean/proxy/ProxyObject");

  private FrameworkProxies() {}

  static boolean contain(ClassModel type) {
    if (haveName(type.name()) || "java/lang/reflect/Proxy".equals(type.superName())) {
      return true;
    }
    for (String implemented : type.interfaces()) {
      if (MARKERS.contains(implemented)) {
        return true;
      }
    }
    return false;
  }

  static boolean haveName(String className) {
    for (String part : NAME_PARTS) {
      if (className.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
