package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.MethodPlan.CachePlan;
import io.github.rediscached.agent.call.MethodPlan.EvictPlan;
import io.github.rediscached.agent.call.MethodPlan.PutPlan;
import io.github.rediscached.agent.codec.ValueCodec;
import io.github.rediscached.agent.codec.ValueFormat;
import io.github.rediscached.agent.key.KeyPlan;
import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.near.NearCache;
import io.github.rediscached.agent.near.NearRegion;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.ClassFacts;
import io.github.rediscached.agent.stats.CacheStats;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes, from the plan of a method, what its calls do. Thread-safe. */
final class MethodCalls {

  private final CallContext context;
  private final Realms realms;
  private final PerLoader<ValueCodec> codecs = new PerLoader<>();
  private final PerLoader<NearRegion> regions = new PerLoader<>();

  /** Held by the interfaces, so they go with them. */
  private final ClassFacts<ProxyHandlers> handlers =
      new ClassFacts<>() {
        @Override
        protected ProxyHandlers about(Class<?> type) {
          return new ProxyHandlers();
        }
      };

  MethodCalls(CallContext context) {
    this.context = context;
    this.realms = new Realms(new Applications(context.log()::warnOnce));
  }

  Receivers of(MethodHandles.Lookup caller, MethodPlan plan, Bridge bridge)
      throws ReflectiveOperationException {
    Class<?> owner = caller.lookupClass();
    Method method = methodOf(owner, plan);
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    // Where Kotlin puts the code of an interface if it is not to be in default methods.
    boolean firstArgument =
        isStatic && owner.getName().endsWith("$DefaultImpls") && method.getParameterCount() > 0;
    Class<?> declaring = firstArgument ? method.getParameterTypes()[0] : owner;
    String realm = realms.of(owner);
    Parts parts = parts(caller, owner, method, method, plan, bridge, realm);
    MethodCall own = callIn(realm, parts);
    boolean differs = (firstArgument || !isStatic) && Realms.mayHaveSubclasses(declaring);
    return new Receivers(
        declaring,
        own,
        differs ? receiver -> callFor(declaring, receiver, realm, own, parts) : null,
        firstArgument);
  }

  /** The same for a method that a proxy's class has for an interface. */
  ProxiedCalls ofProxied(
      MethodHandles.Lookup caller,
      MethodPlan plan,
      Bridge bridge,
      ProxyFrames frames,
      Implementations implementations)
      throws ReflectiveOperationException {
    Class<?> owner = caller.lookupClass();
    Class<?> type = Class.forName(plan.proxied(), false, owner.getClassLoader());
    Method method = inheritedMethodOf(type, plan);
    String realm = realms.of(method.getDeclaringClass(), owner);
    Parts parts = parts(caller, type, method, methodOf(owner, plan), plan, bridge, realm);
    boolean writes = !plan.evictions().isEmpty() || !plan.puts().isEmpty();
    return new ProxiedCalls(
        type,
        method,
        plan,
        bridge,
        frames,
        implementations,
        handler -> new ProxyUse(() -> callOfHandler(type, handler, realm, parts)),
        writes ? writing(realm, parts, null) : null);
  }

  /** The cache of a method that the agent declares, and that only says what its values are. */
  KeyedCache keyed(Method method, MethodPlan plan) throws ReflectiveOperationException {
    Class<?> owner = method.getDeclaringClass();
    CachePlan cachePlan = Objects.requireNonNull(plan.cached());
    CachedMethod cached = cachedMethod(owner, owner.getClassLoader(), method, plan, cachePlan, "");
    CacheOptions options = cachePlan.options();
    Entries entries = entries(cached, options.ttl(), null, options.staleOnError());
    return new KeyedCache(
        new CachedCall(cached, entries, context, near(cached, entries), null),
        context.stats().cache(cached.cache()));
  }

  private @Nullable MethodCall callOfHandler(
      Class<?> type, Object handler, String realm, Parts parts) {
    String its = parts.cached() == null ? "" : handlers.get(type).realmOf(handler);
    if (its == null || !its.isEmpty()) {
      context
          .log()
          .warnOnce(
              "handlers " + type.getName(),
              type.getName()
                  + " has several proxies whose handlers are not equal, so they may answer"
                  + " differently. The later ones have entries of their own, which no other JVM"
                  + " reads; where there are very many, they run uncached. Extend the interface for"
                  + " each of them, or make one proxy and keep it.");
    }
    return its == null ? null : callIn(its.isEmpty() ? realm : realm + '\n' + its, parts);
  }

  private MethodCall callFor(
      Class<?> declaring, Class<?> receiver, String realm, MethodCall own, Parts parts) {
    String its = realms.of(declaring, receiver);
    return its.equals(realm) ? own : callIn(its, parts);
  }

  /**
   * What the calls of a method have in common, whatever object it runs for.
   *
   * @param cached null if its results are not cached
   * @param body calls this very method; null if only the application calls it
   * @param stored for each put what is known of it as of a cached method
   */
  private record Parts(
      Method method,
      ClassLoader loader,
      MethodPlan plan,
      Bridge bridge,
      @Nullable CachedMethod cached,
      @Nullable MethodHandle body,
      List<Eviction> evictions,
      List<CachedMethod> stored) {}

  /**
   * @param owner the class or interface that has the method, for what it says of its results
   * @param code the method that has the call sites
   */
  private Parts parts(
      MethodHandles.Lookup caller,
      Class<?> owner,
      Method method,
      Method code,
      MethodPlan plan,
      Bridge bridge,
      String realm)
      throws ReflectiveOperationException {
    ClassLoader loader = caller.lookupClass().getClassLoader();
    CachePlan cachePlan = plan.cached();
    boolean callsBody =
        cachePlan != null
            && (cachePlan.options().refreshAfter() != null || AsyncCall.isFor(method));
    List<Eviction> evictions = new ArrayList<>();
    for (EvictPlan eviction : plan.evictions()) {
      evictions.add(eviction(owner, method, plan, eviction));
    }
    List<CachedMethod> stored = new ArrayList<>();
    for (PutPlan put : plan.puts()) {
      stored.add(cachedMethod(owner, loader, method, plan, put.asCached(), realm));
    }
    return new Parts(
        method,
        loader,
        plan,
        bridge,
        cachePlan == null ? null : cachedMethod(owner, loader, method, plan, cachePlan, realm),
        callsBody ? reloader(caller, code) : null,
        evictions,
        stored);
  }

  private MethodCall callIn(String realm, Parts parts) {
    MethodPlan plan = parts.plan();
    Interceptor cached =
        parts.cached() == null ? null : cached(parts.cached().in(realm), parts.body());
    Interceptor all =
        cached != null && plan.evictions().isEmpty() && plan.puts().isEmpty()
            ? cached
            : writing(realm, parts, cached);
    return new MethodCall(parts.method(), all, parts.bridge());
  }

  private WritingCall writing(String realm, Parts parts, @Nullable Interceptor cached) {
    List<Put> puts = new ArrayList<>();
    for (CachedMethod stored : parts.stored()) {
      puts.add(put(stored.in(realm)));
    }
    return new WritingCall(
        parts.method(),
        parts.loader(),
        parts.evictions(),
        puts,
        cached,
        context,
        failure -> warnOnce(parts.plan()).accept("broken", "could not evict: " + failure));
  }

  private Interceptor cached(CachedMethod method, @Nullable MethodHandle body) {
    CacheOptions options = method.cachePlan().options();
    Entries entries =
        entries(method, options.ttl(), options.refreshAfter(), options.staleOnError());
    CachedCall call = new CachedCall(method, entries, context, near(method, entries), body);
    return body != null && AsyncCall.isFor(method.method())
        ? new AsyncCall(call, method, context, body)
        : call;
  }

  private @Nullable NearSide near(CachedMethod method, Entries entries) {
    NearCache cache = context.near();
    CacheSettings.Near settings = context.settings().near();
    return cache == null || settings == null || !method.cachePlan().options().near().enabled()
        ? null
        : new NearSide(
            method, entries, context, settings, regions.get(method.loader(), cache::newRegion));
  }

  private Entries entries(
      CachedMethod method,
      @Nullable Duration ttl,
      @Nullable Duration refreshAfter,
      @Nullable Duration staleOnError) {
    return new Entries(
        method, context, context.settings().defaults().with(ttl, refreshAfter, staleOnError));
  }

  private Eviction eviction(Class<?> owner, Method method, MethodPlan plan, EvictPlan eviction) {
    String cache = eviction.options().cache();
    KeyPlan keys = cache == null ? null : keysOf(owner, plan, method, cache);
    CacheStats cacheStats = cache == null ? null : context.stats().cache(cache);
    if (eviction.keyPattern() != null && context.keyHash() != null) {
      warnOnce(plan)
          .accept(
              "hashed pattern",
              "`key-pattern` evicts the whole cache that it names, since with `keys: hashed` no"
                  + " pattern matches arguments. Use `tags`, or `all-entries`.");
    }
    return new Eviction(
        eviction,
        keys,
        cache == null ? protocolKeys().namespaceVersion() : protocolKeys().cacheVersion(cache),
        cacheStats,
        context.invalidations(),
        warnOnce(plan));
  }

  private Put put(CachedMethod stored) {
    Entries entries = entries(stored, stored.cachePlan().options().ttl(), null, null);
    return new Put(stored, entries, context, warnOnce(stored.plan()));
  }

  private CachedMethod cachedMethod(
      Class<?> owner,
      ClassLoader loader,
      Method method,
      MethodPlan plan,
      CachePlan cachePlan,
      String realm)
      throws ReflectiveOperationException {
    List<Class<?>> cachedExceptions = new ArrayList<>();
    for (String exception : cachePlan.options().cachedExceptions()) {
      cachedExceptions.add(Class.forName(exception, false, loader));
    }
    ResultType result = ResultType.of(method, owner);
    ValueFormat format =
        codecs
            .get(
                loader, () -> new ValueCodec(loader, context.opener(), context.settings().values()))
            .formatOf(owner, result.declared(), cachedExceptions);
    String cache = cachePlan.options().cache();
    return new CachedMethod(
        plan,
        cachePlan,
        method,
        loader,
        keysOf(owner, plan, method, cache == null ? plan.displayName() : cache),
        new CachedMethod.Results(result.type(), cachedExceptions, format),
        realm);
  }

  private ProtocolKeys protocolKeys() {
    return context.protocol().keys();
  }

  private BiConsumer<String, String> warnOnce(MethodPlan plan) {
    AgentLog log = context.log();
    String name = plan.displayName();
    return (topic, message) -> log.warnOnce(topic + ' ' + name, name + ": " + message);
  }

  private KeyPlan keysOf(Class<?> owner, MethodPlan plan, Method method, String cache) {
    int[] keyed = new int[plan.keyed().size()];
    for (int i = 0; i < keyed.length; i++) {
      keyed[i] = plan.keyed().get(i);
    }
    @Nullable Class<?> receiver = plan.receiverInKey() ? owner : null;
    return new KeyPlan(
        context.settings().namespace(),
        cache,
        TypeArguments.parametersOf(method, owner),
        keyed,
        receiver,
        context.opener(),
        context.keyHash());
  }

  /** Calls this very method, not one that overrides it: as {@code (Object, Object[]) → Object}. */
  private static MethodHandle reloader(MethodHandles.Lookup caller, Method method)
      throws IllegalAccessException {
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    MethodHandle exact =
        isStatic || Modifier.isPrivate(method.getModifiers())
            ? caller.unreflect(method)
            : caller.unreflectSpecial(method, caller.lookupClass());
    MethodHandle spread =
        exact
            .asFixedArity()
            .asSpreader(isStatic ? 0 : 1, Object[].class, method.getParameterCount());
    return (isStatic ? MethodHandles.dropArguments(spread, 0, Object.class) : spread)
        .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
  }

  static Method methodOf(Class<?> owner, MethodPlan plan) throws ReflectiveOperationException {
    MethodType type =
        MethodType.fromMethodDescriptorString(plan.descriptor(), owner.getClassLoader());
    Method method = null;
    try {
      method = find(owner.getDeclaredMethods(), owner, plan.methodName(), type);
    } catch (NoClassDefFoundError missing) {
      // Of any of its methods. If it is of one that is not public, the public ones are to be had.
      try {
        method = find(owner.getMethods(), owner, plan.methodName(), type);
      } catch (NoClassDefFoundError e) {
        missing.addSuppressed(e);
      }
      if (method == null) {
        throw missing;
      }
    }
    if (method == null) {
      throw new NoSuchMethodException(plan.displayName());
    }
    return method;
  }

  /** That of an interface, perhaps inherited; with its type arguments and parameter names. */
  private static Method inheritedMethodOf(Class<?> type, MethodPlan plan)
      throws NoSuchMethodException {
    MethodType wanted =
        MethodType.fromMethodDescriptorString(plan.descriptor(), type.getClassLoader());
    Method found = null;
    for (Method method : type.getMethods()) {
      if (method.getName().equals(plan.methodName())
          && !Modifier.isStatic(method.getModifiers())
          && method.getReturnType() == wanted.returnType()
          && Arrays.equals(method.getParameterTypes(), wanted.parameterArray())
          && (found == null || method.getDeclaringClass() == type)) {
        found = method;
      }
    }
    if (found == null) {
      throw new NoSuchMethodException(plan.displayName());
    }
    return found;
  }

  /** Not getDeclaredMethod: methods may differ in nothing but what they return. */
  private static @Nullable Method find(
      Method[] methods, Class<?> owner, String name, MethodType type) {
    Class<?>[] parameters = type.parameterArray();
    for (Method method : methods) {
      if (method.getDeclaringClass() == owner
          && method.getName().equals(name)
          && method.getReturnType() == type.returnType()
          && Arrays.equals(method.getParameterTypes(), parameters)) {
        return method;
      }
    }
    return null;
  }
}
