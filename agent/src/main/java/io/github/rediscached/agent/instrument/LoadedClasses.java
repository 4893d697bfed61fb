package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.log.AgentLog;
import java.io.IOException;
import java.io.InputStream;
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
import org.jspecify.annotations.Nullable;

/**
 * Sends classes that are loaded already through the transformer: those from before the agent, and
 * those whose supertype turned out to carry an annotation only after they had passed. A daemon does
 * the latter, since a class can't be changed while it is being defined.
 */
final class LoadedClasses {

  /** Pauses before the looks for implementors, which may be still being defined. */
  private static final long[] PAUSE_MILLIS = {2, 10, 50, 200, 1_000, 5_000, 20_000};

  private final Instrumentation instrumentation;
  private final AgentLog log;
  private final BlockingQueue<String> inheritable = new LinkedBlockingQueue<>();
  private volatile boolean presentDone;
  private @Nullable Thread daemon;

  LoadedClasses(Instrumentation instrumentation, AgentLog log) {
    this.instrumentation = instrumentation;
    this.log = log;
  }

  /** Once, when the agent starts: everything loaded before it. */
  void retransformPresent(CacheTransformer transformer) {
    List<Class<?>> present = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isApplications(type) && mayConcern(type, transformer)) {
        present.add(type);
      }
    }
    retransform(present);
    Set<String> names = new HashSet<>(inheritable);
    if (!names.isEmpty()) {
      retransformImplementors(names, new HashMap<>());
    }
    startSearch();
  }

  /** A type was found whose implementors may be loaded already. Returns at once. */
  void lookForImplementors(String binaryName) {
    inheritable.add(binaryName);
    if (presentDone) {
      startSearch();
    }
  }

  private synchronized void startSearch() {
    presentDone = true;
    if (daemon == null && !inheritable.isEmpty()) {
      Thread thread = new Thread(null, new Search(), "rediscached-supertypes", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(null);
      daemon = thread;
      thread.start();
    }
  }

  private final class Search implements Runnable {
    @Override
    public void run() {
      try {
        while (true) {
          search(inheritable.take());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void search(String first) throws InterruptedException {
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
    }
  }

  private void retransformImplementors(Set<String> names, Map<Class<?>, Set<String>> done) {
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    List<Class<?>> supertypes = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (names.contains(type.getName())) {
        supertypes.add(type);
      }
    }
    List<Class<?>> implementors = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (isApplications(type) && inheritsMore(type, supertypes, done)) {
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
        && loader != LoadedClasses.class.getClassLoader()
        && !type.isArray()
        && !type.isHidden()
        && instrumentation.isModifiableClass(type);
  }

  private static boolean mayConcern(Class<?> type, CacheTransformer transformer) {
    String internalName = type.getName().replace('.', '/');
    if (FrameworkProxies.haveName(internalName) || Proxy.isProxyClass(type)) {
      return false;
    }
    try (InputStream in = type.getClassLoader().getResourceAsStream(internalName + ".class")) {
      // Some loaders give no class files. The transformer will see.
      return in == null || transformer.mayConcern(internalName, in.readAllBytes());
    } catch (IOException | RuntimeException | LinkageError e) {
      return true;
    }
  }

  private void retransform(List<Class<?>> types) {
    if (types.isEmpty()) {
      return;
    }
    // Supertypes first: what they pass on must be known when the others come.
    types.sort(
        new Comparator<Class<?>>() {
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
  }

  private void retransform(Class<?> type) {
    try {
      instrumentation.retransformClasses(type);
    } catch (Throwable e) {
      log.warnOnce(
          "retransform " + type.getName(),
          type.getName()
              + " is loaded already and can't be changed, its methods run uncached: "
              + e);
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
