package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.ValueCodec;
import io.github.rediscached.agent.key.KeyPlan;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.StatsRegistry;
import io.github.rediscached.agent.store.RedisStore;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.GenericSignatureFormatError;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Binds the call sites of instrumented methods, each on its first use, to the {@link CachedCall} of
 * their method. Thread-safe.
 */
public final class CallSites {

  private static final MethodHandle ENTER;
  private static final MethodHandle EXIT;
  private static final MethodHandle FAIL;

  static {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      ENTER =
          lookup.findVirtual(
              CachedCall.class,
              "enter",
              MethodType.methodType(Object.class, Object.class, Object[].class));
      EXIT =
          lookup.findVirtual(
              CallSites.class,
              "exit",
              MethodType.methodType(void.class, Object.class, Object.class));
      FAIL =
          lookup.findVirtual(
              CallSites.class,
              "fail",
              MethodType.methodType(void.class, Throwable.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("CachedCall", e);
    }
  }

  private final RedisStore store;
  private final StatsRegistry stats;
  private final Bridge bridge;
  private final EntryPolicy defaults;
  private final String namespace;
  private final BooleanSupplier enabled;
  private final Consumer<Class<?>> opener;
  private final AgentLog log;
  private final PerLoader<ValueCodec> codecs = new PerLoader<>();

  /**
   * @param defaults where a method's options say nothing
   * @param enabled asked on each call
   * @param opener opens the package of a class to the agent
   */
  public CallSites(
      RedisStore store,
      StatsRegistry stats,
      Bridge bridge,
      EntryPolicy defaults,
      String namespace,
      BooleanSupplier enabled,
      Consumer<Class<?>> opener,
      AgentLog log) {
    this.store = store;
    this.stats = stats;
    this.bridge = bridge;
    this.defaults = defaults;
    this.namespace = namespace;
    this.enabled = enabled;
    this.opener = opener;
    this.log = log;
  }

  /**
   * The call site {@code name} of a method of the class {@code owner}.
   *
   * @param type what the instrumented code calls it with
   */
  public CallSite bind(Class<?> owner, String name, MethodType type, MethodPlan plan)
      throws ReflectiveOperationException {
    return new ConstantCallSite(
        switch (name) {
          case "enter" -> enter(owner, plan, type.parameterCount()).asType(type);
          case "exit" -> EXIT.bindTo(this).asType(type);
          case "fail" -> FAIL.bindTo(this).asType(type);
          default -> throw new IllegalArgumentException(name);
        });
  }

  private MethodHandle enter(Class<?> owner, MethodPlan plan, int arguments)
      throws ReflectiveOperationException {
    Method method = methodOf(owner, plan);
    MethodHandle enter = ENTER.bindTo(callOf(owner, method, plan));
    return Modifier.isStatic(method.getModifiers())
        ? MethodHandles.insertArguments(enter, 0, (Object) null)
            .asCollector(Object[].class, arguments)
        : enter.asCollector(Object[].class, arguments - 1);
  }

  /** The method has returned. The call is found in the token, so all sites of a method share it. */
  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private void exit(@Nullable Object result, Object token) {
    if (bridge.loadOf(token) instanceof Load load) {
      load.call().exit(result, load);
    }
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private void fail(Throwable thrown, Object token) {
    if (bridge.loadOf(token) instanceof Load load) {
      load.call().fail(thrown, load);
    }
  }

  private CachedCall callOf(Class<?> owner, Method method, MethodPlan plan)
      throws ReflectiveOperationException {
    ClassLoader loader = owner.getClassLoader();
    List<Class<?>> cachedExceptions = new ArrayList<>();
    for (String exception : plan.options().cachedExceptions()) {
      cachedExceptions.add(Class.forName(exception, false, loader));
    }
    CachedMethod cached =
        new CachedMethod(
            plan,
            method,
            loader,
            keysOf(owner, plan, method),
            codecs
                .get(loader, () -> new ValueCodec(loader, opener))
                .formatOf(resultTypeOf(method), cachedExceptions),
            cachedExceptions);
    Duration ttl = plan.options().ttl();
    EntryPolicy policy =
        ttl == null
            ? defaults
            : new EntryPolicy(ttl, defaults.ttlJitter(), defaults.maxValueSizeBytes());
    return new CachedCall(
        cached,
        new Entries(cached, store),
        policy,
        stats.cache(plan.cache()),
        bridge,
        enabled,
        log);
  }

  private static Type resultTypeOf(Method method) {
    try {
      return method.getGenericReturnType();
    } catch (GenericSignatureFormatError
        | TypeNotPresentException
        | MalformedParameterizedTypeException e) {
      // Some compilers and shrinkers write what Java can't read.
      return method.getReturnType();
    }
  }

  private KeyPlan keysOf(Class<?> owner, MethodPlan plan, Method method) {
    int[] keyed = new int[plan.keyed().size()];
    for (int i = 0; i < keyed.length; i++) {
      keyed[i] = plan.keyed().get(i);
    }
    @Nullable Class<?> receiver = plan.receiverInKey() ? owner : null;
    return KeyPlan.of(
        namespace, plan.cache(), List.of(method.getParameterTypes()), keyed, receiver, opener);
  }

  private static Method methodOf(Class<?> owner, MethodPlan plan)
      throws ReflectiveOperationException {
    MethodType type =
        MethodType.fromMethodDescriptorString(plan.descriptor(), owner.getClassLoader());
    Class<?>[] parameters = type.parameterArray();
    for (Method method : owner.getDeclaredMethods()) {
      // Not getDeclaredMethod: methods may differ in nothing but what they return.
      if (method.getName().equals(plan.methodName())
          && method.getReturnType() == type.returnType()
          && Arrays.equals(method.getParameterTypes(), parameters)) {
        return method;
      }
    }
    throw new NoSuchMethodException(plan.displayName());
  }
}
