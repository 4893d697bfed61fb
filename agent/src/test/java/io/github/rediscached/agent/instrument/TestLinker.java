package io.github.rediscached.agent.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Stands behind the bridge of this JVM, in the agent's place, and does what a test wants. */
final class TestLinker {

  /** What happens at a call of an instrumented method. */
  interface Behaviour {

    /** As the site {@code enter}: see {@link #miss}, {@link #thrown}; else a hit. */
    @Nullable Object enter(String method, List<@Nullable Object> arguments) throws Throwable;

    default void exit(@Nullable Object result, @Nullable Object load) throws Throwable {}

    /** As the site {@code fail}: see {@link #rethrow}; else what is returned instead. */
    default @Nullable Object fail(Throwable thrown, @Nullable Object load) throws Throwable {
      return rethrow();
    }
  }

  /** All methods miss. */
  static final Behaviour MISS = (method, arguments) -> miss(method);

  private static final Class<?> BRIDGE = define();
  private static volatile Behaviour behaviour = MISS;

  static final AtomicLong ENTERED = new AtomicLong();
  static final AtomicLong EXITED = new AtomicLong();
  static final AtomicLong FAILED = new AtomicLong();

  private TestLinker() {}

  static void behave(Behaviour wanted) {
    behaviour = wanted;
    ENTERED.set(0);
    EXITED.set(0);
    FAILED.set(0);
  }

  static Object miss(Object load) {
    return make(load, null);
  }

  static Object thrown(Throwable exception) {
    return make(null, exception);
  }

  static Object rethrow() {
    return make(null, null);
  }

  private static Object make(@Nullable Object load, @Nullable Throwable thrown) {
    try {
      return BRIDGE.getConstructor(Object.class, Throwable.class).newInstance(load, thrown);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("bridge", e);
    }
  }

  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // Called by the bridge.
  private static CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, String method)
      throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    if (name.equals("enter")) {
      return new ConstantCallSite(
          lookup
              .findStatic(
                  TestLinker.class,
                  "enter",
                  MethodType.methodType(Object.class, String.class, Object[].class))
              .bindTo(method)
              .asCollector(Object[].class, type.parameterCount())
              .asType(type));
    }
    MethodType own =
        name.equals("exit")
            ? MethodType.methodType(void.class, Object.class, Object.class)
            : MethodType.methodType(Object.class, Throwable.class, Object.class);
    return new ConstantCallSite(lookup.findStatic(TestLinker.class, name, own).asType(type));
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private static @Nullable Object enter(String method, @Nullable Object[] arguments)
      throws Throwable {
    ENTERED.incrementAndGet();
    return behaviour.enter(method, Arrays.asList(arguments));
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private static void exit(@Nullable Object result, Object token) throws Throwable {
    EXITED.incrementAndGet();
    behaviour.exit(result, loadOf(token));
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private static @Nullable Object fail(Throwable thrown, Object token) throws Throwable {
    FAILED.incrementAndGet();
    return behaviour.fail(thrown, loadOf(token));
  }

  private static @Nullable Object loadOf(Object token) throws ReflectiveOperationException {
    return BRIDGE.getField("load").get(token);
  }

  private static Class<?> define() {
    try (InputStream in =
        TestLinker.class.getResourceAsStream("/" + BootBridge.INTERNAL_NAME + ".class")) {
      if (in == null) {
        throw new AssertionError("the bridge is not on the class path");
      }
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> bridge =
          MethodHandles.privateLookupIn(Object.class, lookup).defineClass(in.readAllBytes());
      MethodHandle link =
          lookup.findStatic(
              TestLinker.class,
              "link",
              MethodType.methodType(
                  CallSite.class,
                  MethodHandles.Lookup.class,
                  String.class,
                  MethodType.class,
                  String.class));
      bridge.getMethod("install", MethodHandle.class).invoke(null, link);
      return bridge;
    } catch (IOException | ReflectiveOperationException e) {
      throw new LinkageError("bridge", e);
    }
  }
}
