package io.github.rediscached.agent.instrument;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * A class made by {@link java.lang.reflect.Proxy}, as an implementation of one of its interfaces:
 * with the interface's name, parameter names and bridges, and with the code of the proxy. Asks the
 * interface by reflection: the JDK has just done the same to make the proxy, so no class is loaded
 * by it.
 */
final class JdkProxy {

  static final String SUPERCLASS = "java/lang/reflect/Proxy";

  private final ClassModel standIn;
  private final Map<String, List<MethodModel>> code;

  private JdkProxy(ClassModel standIn, Map<String, List<MethodModel>> code) {
    this.standIn = standIn;
    this.code = code;
  }

  static boolean isOne(ClassModel type) {
    return SUPERCLASS.equals(type.superName());
  }

  /** The interfaces of a proxy that is being defined: the JDK has loaded them by its loader. */
  static Class<?>[] interfaces(ClassLoader loader, @Nullable String[] internalNames) {
    Class<?>[] interfaces = new Class<?>[internalNames.length];
    try {
      for (int i = 0; i < interfaces.length; i++) {
        interfaces[i] =
            Class.forName(String.valueOf(internalNames[i]).replace('/', '.'), false, loader);
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // It only looks like a proxy.
      return new Class<?>[0];
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
    Map<String, MethodModel> code = new HashMap<>();
    for (MethodModel method : proxy.methods()) {
      code.put(method.id(), method);
    }
    Map<String, MethodModel> methods = new LinkedHashMap<>();
    for (Method method : type.getMethods()) {
      MethodModel its = code.get(method.getName().concat(Type.getMethodDescriptor(method)));
      if (its != null && !Modifier.isStatic(method.getModifiers())) {
        methods.putIfAbsent(its.id(), model(method, its, known));
      }
    }
    Map<String, List<MethodModel>> implementing = new HashMap<>();
    for (MethodModel method : methods.values()) {
      if (method.isBridge() && method.bridgeTarget == null) {
        method.bridgeTarget = targetOf(method, methods.values());
      }
      String implemented =
          method.bridgeTarget == null ? method.id() : method.name.concat(method.bridgeTarget);
      List<MethodModel> same = implementing.get(implemented);
      if (same == null) {
        same = new ArrayList<>();
        implementing.put(implemented, same);
      }
      MethodModel its = code.get(method.id());
      if (its != null) {
        same.add(its);
      }
    }
    return new JdkProxy(
        proxy.standIn(Type.getInternalName(type), List.copyOf(methods.values())), implementing);
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
