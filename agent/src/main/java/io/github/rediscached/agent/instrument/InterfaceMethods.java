package io.github.rediscached.agent.instrument;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What class files of interfaces say of their methods beyond names and types: the parameters' names
 * and {@code @KeyIgnore}, where bridges lead to. Proxies have none of it, and reflection would load
 * the annotations' classes. Keeps no class loader alive. Thread-safe.
 */
final class InterfaceMethods {

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  private record Said(@Nullable String[] names, BitSet keyIgnored, @Nullable String bridgeTarget) {}

  private final Map<ClassLoader, Map<String, Said>> byLoader = new WeakHashMap<>();

  synchronized void add(ClassLoader loader, ClassModel type) {
    for (MethodModel method : type.methods()) {
      if (!method.isStatic() && method.parameters.length > 0) {
        Map<String, Said> said = byLoader.get(loader);
        if (said == null) {
          said = new HashMap<>();
          byLoader.put(loader, said);
        }
        said.put(
            type.binaryName() + ' ' + method.id(),
            new Said(method.parameterNames, method.keyIgnored, method.bridgeTarget));
      }
    }
  }

  /** Tells a method of a proxy what its interface says. */
  void describe(Method method, MethodModel model) {
    Said said = of(method.getDeclaringClass(), model.id());
    if (said != null) {
      model.keyIgnored.or(said.keyIgnored());
      model.bridgeTarget = said.bridgeTarget();
    }
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      model.parameterNames[i] =
          said != null && said.names()[i] != null
              ? said.names()[i]
              : parameters[i].isNamePresent() ? parameters[i].getName() : null;
    }
  }

  private synchronized @Nullable Said of(Class<?> type, String method) {
    Map<String, Said> said = byLoader.get(type.getClassLoader());
    return said == null ? null : said.get(type.getName() + ' ' + method);
  }
}
