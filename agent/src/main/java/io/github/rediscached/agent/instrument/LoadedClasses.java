package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.thread.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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

  /** Pauses between the looks for implementors, for those that are still being defined. */
  private static final long[] PAUSE_MILLIS = {0, 2, 10, 50, 200, 1_000, 5_000};

  /** What supertypes pass on must be known when the others come. */
  private static final Comparator<Class<?>> SUPERTYPES_FIRST =
      new Comparator<>() {
        @Override
        public int compare(Class<?> one, Class<?> other) {
          return Integer.compare(depth(one), depth(other));
        }
      };

  private final Instrumentation instrumentation;
  private final AgentLog log;
  private @Nullable Search search;

  LoadedClasses(Instrumentation instrumentation, AgentLog log) {
    this.instrumentation = instrumentation;
    this.log = log;
  }

  /** Once, when the agent starts: everything loaded before it. */
  void retransformPresent(CacheTransformer transformer) {
    List<Class<?>> present = new ArrayList<>();
    for (Class<?> type : ofApplication()) {
      if (mayConcern(type, transformer)) {
        present.add(type);
      }
    }
    retransform(present);
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
  synchronized void lookForImplementors(String binaryName) {
    if (search == null) {
      search = new Search();
      DaemonThreads.named("rediscached-supertypes", search).start();
    }
    }
    search.inheritable.add(binaryName);
  }

  private final class Search implements Runnable {

    final BlockingQueue<String> inheritable = new LinkedBlockingQueue<>();

    @Override
    public void run() {
      // Weakly, as an application may be undeployed between two looks.
      Set<Class<?>> done = Collections.newSetFromMap(new WeakHashMap<>());
      try {
        while (true) {
          Set<String> names = new HashSet<>();
          names.add(inheritable.take());
          for (int look = 0; look < PAUSE_MILLIS.length; look++) {
            String more = inheritable.poll(PAUSE_MILLIS[look], TimeUnit.MILLISECONDS);
            if (more != null) {
              names.add(more);
              inheritable.drainTo(names);
              // Its implementors deserve all the looks.
              look = 0;
            }
            retransformImplementors(names, done);
          }
          done.clear();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Throwable e) {
        log.warn("implementors of annotated types that load late are not cached: " + e);
      }
    }
  }

  private void retransformImplementors(Set<String> names, Set<Class<?>> done) {
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    List<Class<?>> supertypes = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (names.contains(type.getName())) {
        supertypes.add(type);
      }
    }
    List<Class<?>> implementors = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (isApplications(type) && !done.contains(type)) {
        for (Class<?> supertype : supertypes) {
          if (supertype != type && supertype.isAssignableFrom(type)) {
            implementors.add(type);
            done.add(type);
            break;
          }
        }
      }
    }
    retransform(implementors);
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

  private static boolean mayConcern(Class<?> type, CacheTransformer transformer) {
    byte[] classFile = classFile(type);
    return classFile != null && transformer.mayConcern(type.getName().replace('.', '/'), classFile);
  }

  /** The class file as its loader finds it; null if it does not, as for a generated class. */
  static byte @Nullable [] classFile(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    try (InputStream in =
        loader == null
            ? null
            : loader.getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private void retransform(List<Class<?>> types) {
    if (types.isEmpty()) {
      return;
    }
    types.sort(SUPERTYPES_FIRST);
    for (Class<?> type : types) {
      try {
        instrumentation.retransformClasses(type);
      } catch (Throwable e) {
        log.warnOnce(
            "retransform " + type.getName(),
            type.getName() + " was loaded before the agent and can't be changed now: " + e);
      }
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
