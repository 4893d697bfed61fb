package io.github.rediscached.agent.instrument;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class made by {@link java.lang.reflect.Proxy}, as an implementation of one of its interfaces:
 * with the interface's name, parameter names and bridges, and with the code of the proxy. Asks the
 * interface by reflection: the JDK has just done the same to make the proxy, so no class is loaded
 * by it.
 */
final class JdkProxy {

  static final String SUPERCLASS = "java/lang/reflect/Proxy";

  /** What the JDK promises of the names of proxies. */
  private static final String SIMPLE_NAME = "$Proxy";

  private final ClassModel standIn;
  private final Map<String, List<MethodModel>> code;

  private JdkProxy(ClassModel standIn, Map<String, List<MethodModel>> code) {
    this.standIn = standIn;
    this.code = code;
  }

  static boolean isNameOfOne(String internalName) {
    return internalName.startsWith(SIMPLE_NAME, internalName.lastIndexOf('/') + 1);
  }

  static boolean isOne(ClassModel type) {
    return SUPERCLASS.equals(type.superName());
  }

  /** The interfaces of a proxy that is being defined. They are loaded. */
  static Class<?>[] interfaces(ClassLoader loader, @Nullable String[] internalNames)
      throws ClassNotFoundException {
    Class<?>[] interfaces = new Class<?>[internalNames.length];
    for (int i = 0; i < interfaces.length; i++) {
      interfaces[i] =
          Class.forName(String.valueOf(internalNames[i]).replace('/', '.'), false, loader);
    }
    return interfaces;
  }

  /** Without those from which another one inherits: it says more of what the proxy is. */
  static List<Class<?>> nearest(Class<?>[] interfaces) {
    List<Class<?>> nearest = new ArrayList<>();
    for (Class<?> type : interfaces) {
      boolean inherited = false;
      for (Class<?> other : interfaces) {
        inherited |= other != type && type.isAssignableFrom(other);
      }
      if (!inherited) {
        nearest.add(type);
      }
    }
    return nearest;
  }

  static JdkProxy of(ClassModel proxy, Class<?> type, InterfaceMethods known) {
    Map<String, MethodModel> codes = new LinkedHashMap<>();
    for (MethodModel method : proxy.methods()) {
      codes.put(method.id(), method);
    }
    Map<String, MethodModel> methods = new LinkedHashMap<>();
    for (Method method : type.getMethods()) {
      MethodModel code = codes.get(method.getName() + Type.getMethodDescriptor(method));
      if (code != null && !Modifier.isStatic(method.getModifiers())) {
        methods.computeIfAbsent(code.id(), id -> model(method, code, known));
      }
    }
    Map<String, List<MethodModel>> all = new LinkedHashMap<>();
    for (MethodModel method : methods.values()) {
      String implementing = method.id();
      if (method.isBridge()) {
        if (method.bridgeTarget == null) {
          method.bridgeTarget = targetOf(method, methods.values());
        }
        implementing = method.name + method.bridgeTarget;
      }
      all.computeIfAbsent(implementing, id -> new ArrayList<>()).add(code(codes, method));
    }
    return new JdkProxy(
        proxy.standIn(Type.getInternalName(type), List.copyOf(methods.values())), all);
  }

  private static MethodModel code(Map<String, MethodModel> codes, MethodModel method) {
    MethodModel code = codes.get(method.id());
    if (code == null) {
      throw new IllegalStateException(method.id());
    }
    return code;
  }

  private static MethodModel model(Method method, MethodModel code, InterfaceMethods known) {
    int bridge = method.isBridge() ? Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC : 0;
    MethodModel model = new MethodModel(code.access | bridge, code.name, code.descriptor);
    model.maxStack = code.maxStack;
    model.maxLocals = code.maxLocals;
    model.returns = code.returns;
    known.describe(method, model);
    return model;
  }

  /** To which method a bridge of the interface leads; null if that can't be told. */
  private static @Nullable String targetOf(MethodModel bridge, Iterable<MethodModel> methods) {
    String target = null;
    for (MethodModel method : methods) {
      if (!method.isBridge()
          && method.name.equals(bridge.name)
          && method.parameters.length == bridge.parameters.length) {
        if (target != null) {
          return null;
        }
        target = method.descriptor;
      }
    }
    return target;
  }

  /** What the proxy is for the interface: has its name, and those of its methods. */
  ClassModel standIn() {
    return standIn;
  }

  /** The proxy's methods that implement one of these: that of its own types, and bridges to it. */
  List<MethodModel> codeOf(MethodModel method) {
    return code.getOrDefault(method.id(), List.of());
  }
}
