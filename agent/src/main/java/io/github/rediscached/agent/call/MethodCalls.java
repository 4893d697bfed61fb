package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.ValueCodec;
import io.github.rediscached.agent.key.KeyPlan;
import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.near.NearCache;
import io.github.rediscached.agent.near.NearRegion;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.NearOption;
import io.github.rediscached.agent.plan.PutOptions;
import io.github.rediscached.agent.plan.ValueOptions;
import io.github.rediscached.agent.stats.CacheStats;
import io.github.rediscached.agent.stats.StatsRegistry;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes, from the plan of a method, what its calls do. Thread-safe. */
final class MethodCalls {

  private final Workings workings;
  private final StatsRegistry stats;
  private final EntryPolicy defaults;
  private final ValueOptions values;
  private final String namespace;
  private final Consumer<Class<?>> opener;
  private final PerLoader<ValueCodec> codecs = new PerLoader<>();
  private final PerLoader<NearRegion> regions = new PerLoader<>();

  /**
   * @param defaults where a method's options say nothing
   * @param opener opens the package of a class to the agent
   */
  MethodCalls(
      Workings workings,
      StatsRegistry stats,
      EntryPolicy defaults,
      ValueOptions values,
      String namespace,
      Consumer<Class<?>> opener) {
    this.workings = workings;
    this.stats = stats;
    this.defaults = defaults;
    this.values = values;
    this.namespace = namespace;
    this.opener = opener;
  }

  MethodCall of(MethodHandles.Lookup caller, MethodPlan plan, Bridge bridge)
      throws ReflectiveOperationException {
    Class<?> owner = caller.lookupClass();
    Method method = methodOf(owner, plan);
    CachePlan cachePlan = plan.cached();
    CachedStory cached = cachePlan == null ? null : cached(caller, method, plan, cachePlan);
    MethodCall.Story story;
    NearSide near = null;
    if (cached != null && plan.evictions().isEmpty() && plan.puts().isEmpty()) {
      story = cached.story();
      near = cached.near();
    } else {
      List<Eviction> evictions = new ArrayList<>();
      for (EvictPlan eviction : plan.evictions()) {
        evictions.add(eviction(owner, method, plan, eviction));
      }
      List<Put> puts = new ArrayList<>();
      for (PutPlan put : plan.puts()) {
        puts.add(put(owner, method, plan, put));
      }
      story =
          new WritingCall(
                  method,
                  owner.getClassLoader(),
                  evictions,
                  puts,
                  cached == null ? null : cached.story(),
                  cached == null ? () -> false : cached.isRun(),
                  workings.asyncThreads(),
                  workings.invalidations()::everything,
                  failure -> warnOnce(plan).accept("broken", "could not evict: " + failure))
              ::begin;
    }
    return new MethodCall(method, story, near, bridge);
  }

  /**
   * What is known of a cached method.
   *
   * @param near what may be asked before the story begins; null if there is nothing
   * @param isRun whether the call that this thread makes is a part of one that has begun elsewhere
   */
  private record CachedStory(
      MethodCall.Story story, @Nullable NearSide near, BooleanSupplier isRun) {}

  private CachedStory cached(
      MethodHandles.Lookup caller, Method method, MethodPlan plan, CachePlan cachePlan)
      throws ReflectiveOperationException {
    String cache = nameOf(cachePlan.options(), plan);
    CachedMethod cached = cachedMethod(caller.lookupClass(), method, plan, cachePlan, cache);
    CacheOptions options = cachePlan.options();
    EntryPolicy policy =
        defaults.with(options.ttl(), options.refreshAfter(), options.staleOnError());
    boolean asynchronous = AsyncCall.isFor(method);
    MethodHandle reloader =
        options.refreshAfter() == null && !asynchronous ? null : reloader(caller, method);
    Entries entries = new Entries(cached, workings, policy);
    CacheStats cacheStats = stats.cache(cache);
    NearCache nearCache = options.near().enabled() ? workings.near() : null;
    NearSide near =
        nearCache == null
            ? null
            : new NearSide(
                cached,
                entries,
                policy,
                options.near(),
                workings,
                cacheStats,
                regions.get(caller.lookupClass().getClassLoader(), nearCache::newRegion));
    CachedCall call =
        new CachedCall(
            cached,
            entries,
            policy,
            cacheStats,
            workings,
            protocolKeys().cacheVersion(cache),
            near,
            reloader);
    if (reloader == null || !asynchronous) {
      return new CachedStory(call::begin, call.nearSide(), () -> false);
    }
    AsyncCall asyncCall = new AsyncCall(call, cached, entries, policy, workings, near, reloader);
    return new CachedStory(asyncCall::begin, null, asyncCall::isRun);
  }

  private Eviction eviction(Class<?> owner, Method method, MethodPlan plan, EvictPlan eviction) {
    String cache = eviction.options().cache();
    KeyPlan keys = cache == null ? null : keysOf(owner, plan, method, cache);
    CacheStats cacheStats = cache == null ? null : stats.cache(cache);
    return new Eviction(
        eviction,
        keys,
        cache == null ? protocolKeys().namespaceVersion() : protocolKeys().cacheVersion(cache),
        cacheStats,
        workings.invalidations(),
        warnOnce(plan));
  }

  private Put put(Class<?> owner, Method method, MethodPlan plan, PutPlan put)
      throws ReflectiveOperationException {
    PutOptions options = put.options();
    CachePlan asCached =
        new CachePlan(
            new CacheOptions(
                options.cache(),
                options.ttl(),
                options.key(),
                options.condition(),
                options.unless(),
                options.cacheNull(),
                List.of(),
                options.tags(),
                null,
                null,
                NearOption.AUTO),
            put.key(),
            put.condition(),
            put.unless(),
            put.tags());
    CachedMethod stored = cachedMethod(owner, method, plan, asCached, options.cache());
    EntryPolicy policy = defaults.with(options.ttl(), null, null);
    return new Put(
        stored,
        new Entries(stored, workings, policy),
        policy,
        protocolKeys().cacheVersion(options.cache()),
        stats.cache(options.cache()),
        workings,
        warnOnce(plan));
  }

  private CachedMethod cachedMethod(
      Class<?> owner, Method method, MethodPlan plan, CachePlan cachePlan, String cache)
      throws ReflectiveOperationException {
    ClassLoader loader = owner.getClassLoader();
    List<Class<?>> cachedExceptions = new ArrayList<>();
    for (String exception : cachePlan.options().cachedExceptions()) {
      cachedExceptions.add(Class.forName(exception, false, loader));
    }
    ResultType result = ResultType.of(method);
    return new CachedMethod(
        plan,
        cachePlan,
        method,
        loader,
        keysOf(owner, plan, method, cache),
        result.type(),
        codecs
            .get(loader, () -> new ValueCodec(loader, opener, values))
            .formatOf(owner, result.declared(), cachedExceptions),
        cachedExceptions);
  }

  private ProtocolKeys protocolKeys() {
    return workings.protocol().keys();
  }

  private BiConsumer<String, String> warnOnce(MethodPlan plan) {
    AgentLog log = workings.log();
    String name = plan.displayName();
    return (topic, message) -> log.warnOnce(topic + ' ' + name, name + ": " + message);
  }

  private static String nameOf(CacheOptions options, MethodPlan plan) {
    return options.cache() == null ? plan.displayName() : options.cache();
  }

  private KeyPlan keysOf(Class<?> owner, MethodPlan plan, Method method, String cache) {
    int[] keyed = new int[plan.keyed().size()];
    for (int i = 0; i < keyed.length; i++) {
      keyed[i] = plan.keyed().get(i);
    }
    @Nullable Class<?> receiver = plan.receiverInKey() ? owner : null;
    return KeyPlan.of(
        namespace, cache, List.of(method.getParameterTypes()), keyed, receiver, opener);
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
