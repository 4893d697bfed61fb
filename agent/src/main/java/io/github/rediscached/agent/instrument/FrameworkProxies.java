package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.FrameworkSubclasses;

/**
 * Recognises the subclasses that frameworks generate around a class. They call through to it, and
 * caching in both would count everything twice.
 */
final class FrameworkProxies {

  private FrameworkProxies() {}

  static boolean contain(ClassModel type) {
    if (FrameworkSubclasses.haveName(type.name(), type.superName())
        || "java/lang/reflect/Proxy".equals(type.superName())) {
      return true;
    }
    for (String implemented : type.interfaces()) {
      if (FrameworkSubclasses.mark(implemented)) {
        return true;
      }
    }
    return false;
  }
}
