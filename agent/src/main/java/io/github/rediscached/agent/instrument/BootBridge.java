package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.Bridge;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bridge in the boot loader, seen from here. It is defined by a lookup in {@code java.lang}
 * rather than appended to the boot class path, which would switch off most of the application's
 * class data archive.
 */
final class BootBridge implements Bridge {

  static final String INTERNAL_NAME = "java/lang/RediscachedBridge";

  private static final String NAME = "java.lang.RediscachedBridge";
  private static final String CLASS_FILE = "bridge/RediscachedBridge.classdata";

  private final Object run;
  private final MethodHandle constructor;
  private final MethodHandle load;
  private final MethodHandle install;
  private final MethodHandle uninstall;

  private BootBridge(Class<?> bridge) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    this.run = bridge.getField("RUN").get(null);
    this.constructor =
        lookup
            .findConstructor(
                bridge, MethodType.methodType(void.class, Object.class, Throwable.class))
            .asType(MethodType.methodType(Object.class, Object.class, Throwable.class));
    this.load =
        lookup
            .findGetter(bridge, "load", Object.class)
            .asType(MethodType.methodType(Object.class, Object.class));
    this.install =
        lookup.findStatic(
            bridge, "install", MethodType.methodType(boolean.class, MethodHandle.class));
    this.uninstall = lookup.findStatic(bridge, "uninstall", MethodType.methodType(void.class));
  }

  /** Defines the bridge, unless it is there. */
  static BootBridge define(Instrumentation instrumentation)
      throws ReflectiveOperationException, IOException {
    try {
      return new BootBridge(Class.forName(NAME, false, null));
    } catch (ClassNotFoundException e) {
      return new BootBridge(defineClass(instrumentation));
    }
  }

  private static Class<?> defineClass(Instrumentation instrumentation)
      throws ReflectiveOperationException, IOException {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Collections.<Module>emptySet(),
        Collections.<String, Set<Module>>emptyMap(),
        Map.of("java.lang", Set.of(BootBridge.class.getModule())),
        Collections.<Class<?>>emptySet(),
        Collections.<Class<?>, java.util.List<Class<?>>>emptyMap());
    byte[] classFile;
    try (InputStream in = BootBridge.class.getClassLoader().getResourceAsStream(CLASS_FILE)) {
      if (in == null) {
        throw new IOException("the agent's jar lacks " + CLASS_FILE);
      }
      classFile = in.readAllBytes();
    }
    return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
        .defineClass(classFile);
  }

  /**
   * @param linker {@code (Lookup, String, MethodType, String) → CallSite}
   */
  void install(MethodHandle linker) {
    try {
      if (!(boolean) install.invokeExact(linker)) {
        throw new IllegalStateException("another agent was faster");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Only after {@link #install} has succeeded. */
  void uninstall() {
    try {
      uninstall.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Object run() {
    return run;
  }

  @Override
  public Object miss(Object pending) {
    return make(pending, null);
  }

  @Override
  public Object thrown(Throwable exception) {
    return make(null, exception);
  }

  @Override
  public @Nullable Object loadOf(Object token) {
    try {
      return (Object) load.invokeExact(token);
    } catch (Throwable e) {
      return null;
    }
  }

  private Object make(@Nullable Object pending, @Nullable Throwable exception) {
    try {
      return (Object) constructor.invokeExact(pending, exception);
    } catch (Throwable e) {
      return run;
    }
  }
}
