package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.classfile.LoadedClassFiles;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.FrameworkSubclasses;
import io.github.rediscached.agent.thread.DaemonThreads;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends classes that are loaded already through the transformer: those from before the agent, and
 * those whose supertype turned out to carry an annotation only after they had passed. A daemon does
 * the latter, since a class can't be changed while it is being defined. It never loads a class.
 */
final class LoadedClasses implements Consumer<String> {

  /** Pauses before the looks for implementors, which may be still being defined. */
  private static final long[] PAUSE_MILLIS = {2, 10, 50, 200, 1_000, 5_000, 20_000};

  private final Instrumentation instrumentation;
  private final MissedWrites missedWrites;
  private final AgentLog log;
  private final Set<String> foundWhileStarting = new HashSet<>();
  private boolean started;
  private @Nullable ImplementorScan scan;
  private @Nullable Thread scanning;
  private volatile @Nullable CacheTransformer transformer;

  LoadedClasses(Instrumentation instrumentation, MissedWrites missedWrites, AgentLog log) {
    this.instrumentation = instrumentation;
    this.missedWrites = missedWrites;
    this.log = log;
  }

  /** Once, when the agent starts: everything loaded before it. */
  void lookAtPresent(CacheTransformer transformer, AgentRuntime runtime) {
    this.transformer = transformer;
    List<Class<?>> present = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isApplications(type)) {
        present.add(type);
      } else if (type.getModule() != Object.class.getModule()) {
        runtime.jdkClassLoaded(type.getName().replace('.', '/'));
      }
    }
    if (!present.isEmpty()) {
      retransform(concerned(present, transformer));
      retransformImplementors(foundWhileStarting(), new HashMap<>());
    }
    started();
  }

  private static List<Class<?>> concerned(List<Class<?>> types, CacheTransformer transformer) {
    List<Class<?>> concerned = new ArrayList<>();
    try (LoadedClassFiles files = new LoadedClassFiles()) {
      for (Class<?> type : types) {
        if (mayConcern(type, files, transformer)) {
          concerned.add(type);
        }
      }
    }
    return concerned;
  }

  private synchronized Set<String> foundWhileStarting() {
    return new HashSet<>(foundWhileStarting);
  }

  private synchronized void started() {
    started = true;
    for (String binaryName : foundWhileStarting) {
      scan(binaryName);
    }
    foundWhileStarting.clear();
  }

  /** Those that can be changed: neither the JDK's nor ours. */
  List<Class<?>> ofApplication() {
    List<Class<?>> types = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isApplications(type)) {
        types.add(type);
      }
    }
    return types;
  }

  /** A type was found whose implementors may be loaded already. Returns at once. */
  @Override
  public synchronized void accept(String binaryName) {
    if (started) {
      scan(binaryName);
    } else {
      foundWhileStarting.add(binaryName);
    }
  }

  private void scan(String binaryName) {
    if (scan == null) {
      scan = new ImplementorScan();
      scanning = DaemonThreads.named("rediscached-supertypes", scan);
      scanning.start();
    }
    scan.inheritable.add(binaryName);
  }

  /** Looks for no further implementors. */
  synchronized void stop() {
    started = false;
    if (scanning != null) {
      scanning.interrupt();
    }
  }

  /** Gives changed classes their own byte code back; the transformer is not asked any more. */
  void restore(ChangedClasses changed) {
    Set<Class<?>> restored = new HashSet<>();
    boolean more = true;
    // Also those that were being defined meanwhile.
    while (more) {
      List<Class<?>> present = new ArrayList<>();
      for (Class<?> type : instrumentation.getAllLoadedClasses()) {
        if (changed.contain(type) && restored.add(type)) {
          present.add(type);
        }
      }
      more = !present.isEmpty();
      retransform(present);
    }
  }

  private final class ImplementorScan implements Runnable {

    final BlockingQueue<String> inheritable = new LinkedBlockingQueue<>();

    @Override
    public void run() {
      try {
        while (true) {
          scan(inheritable.take());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void scan(String first) throws InterruptedException {
      Set<String> names = new HashSet<>();
      names.add(first);
      Map<Class<?>, Set<String>> done = new WeakHashMap<>();
      for (int look = 0; look < PAUSE_MILLIS.length; look++) {
        String more = inheritable.poll(PAUSE_MILLIS[look], TimeUnit.MILLISECONDS);
        if (more != null) {
          // Types come in crowds. Each has all the looks after it.
          Thread.sleep(PAUSE_MILLIS[0]);
          names.add(more);
          inheritable.drainTo(names);
          look = 0;
        }
        try {
          retransformImplementors(names, done);
        } catch (Throwable e) {
          log.warn("some implementors of annotated types are not cached: " + e);
        }
      }
      missedWrites.invalidateAgain();
    }
  }

  private void retransformImplementors(Set<String> names, Map<Class<?>, Set<String>> done) {
    if (names.isEmpty()) {
      return;
    }
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    List<Class<?>> supertypes = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (names.contains(type.getName())) {
        supertypes.add(type);
      }
    }
    if (supertypes.isEmpty()) {
      return;
    }
    List<Class<?>> implementors = new ArrayList<>();
    for (Class<?> type : loaded) {
      // In this order: of the many thousand only few inherit, and whose a class is takes long.
      if (inheritsMore(type, supertypes, done) && isApplications(type)) {
        implementors.add(type);
      }
    }
    retransform(implementors);
  }

  /** Whether the class inherits from types that were not considered for it before. */
  private static boolean inheritsMore(
      Class<?> type, List<Class<?>> supertypes, Map<Class<?>, Set<String>> done) {
    boolean more = false;
    for (Class<?> supertype : supertypes) {
      if (supertype != type && supertype.isAssignableFrom(type)) {
        Set<String> considered = done.get(type);
        if (considered == null) {
          considered = new HashSet<>();
          done.put(type, considered);
        }
        more |= considered.add(supertype.getName());
      }
    }
    return more;
  }

  private boolean isApplications(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null
        && loader != ClassLoader.getPlatformClassLoader()
        && !type.isArray()
        && !type.isHidden()
        && instrumentation.isModifiableClass(type)
        // Also true of the few of ours that the system class loader has defined.
        && type.getProtectionDomain() != LoadedClasses.class.getProtectionDomain();
  }

  private static boolean mayConcern(
      Class<?> type, LoadedClassFiles files, CacheTransformer transformer) {
    String internalName = type.getName().replace('.', '/');
    Class<?> superclass = type.getSuperclass();
    String superName = superclass == null ? null : superclass.getName().replace('.', '/');
    if (Proxy.isProxyClass(type)) {
      return transformer.mayConcernProxy(type.getInterfaces());
    }
    if (FrameworkSubclasses.haveName(internalName, superName)) {
      return false;
    }
    byte[] classFile = files.of(type);
    try {
      // Some loaders give no class files. The transformer will see.
      return classFile == null || transformer.mayConcern(internalName, classFile);
    } catch (RuntimeException e) {
      // Nor does it have to be one, such as where they are encrypted.
      return true;
    }
  }

  private void retransform(List<Class<?>> types) {
    if (types.isEmpty()) {
      return;
    }
    // What supertypes pass on must be known when the others come.
    types.sort(
        new Comparator<>() {
          @Override
          public int compare(Class<?> one, Class<?> other) {
            return Integer.compare(depth(one), depth(other));
          }
        });
    try {
      instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
    } catch (Throwable e) {
      // One of them can't be changed, which should not keep the others from it.
      for (Class<?> type : types) {
        retransform(type);
      }
    }
    missedWrites.invalidate();
  }

  private void retransform(Class<?> type) {
    try {
      instrumentation.retransformClasses(type);
    } catch (Throwable e) {
      if (!mayConcern(type)) {
        return;
      }
      log.warnOnce(
          "retransform " + type.getName(),
          type.getName()
              + " is loaded already and can't be changed, its methods run uncached: "
              + e);
    }
  }

  /** Of those that were looked for because of a supertype, most are of no concern. */
  private boolean mayConcern(Class<?> type) {
    CacheTransformer known = transformer;
    try (LoadedClassFiles files = new LoadedClassFiles()) {
      return known == null || mayConcern(type, files, known);
    }
  }

  private static int depth(Class<?> type) {
    int depth = 0;
    if (type.getSuperclass() != null) {
      depth = 1 + depth(type.getSuperclass());
    }
    for (Class<?> implemented : type.getInterfaces()) {
      depth = Math.max(depth, 1 + depth(implemented));
    }
    return depth;
  }
}
