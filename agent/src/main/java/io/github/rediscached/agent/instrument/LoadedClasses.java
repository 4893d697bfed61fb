package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.thread.DaemonThreads;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collections;
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

  private final Instrumentation instrumentation;
  private final AgentLog log;
  private final BlockingQueue<String> inheritable = new LinkedBlockingQueue<>();
  private @Nullable Thread daemon;

  LoadedClasses(Instrumentation instrumentation, AgentLog log) {
    this.instrumentation = instrumentation;
    this.log = log;
  }

  /** Once, when the agent starts: everything loaded before it. */
  void retransformPresent(CacheTransformer transformer) {
    List<Class<?>> present = new ArrayList<>();
    try (LoadedClassFiles files = new LoadedClassFiles()) {
      for (Class<?> type : instrumentation.getAllLoadedClasses()) {
        if (isApplications(type) && mayConcern(type, files, transformer)) {
          present.add(type);
        }
      }
    }
    retransform(present);
  }

  /** A type was found whose implementors may be loaded already. Returns at once. */
  synchronized void lookForImplementors(String binaryName) {
    inheritable.add(binaryName);
    if (daemon == null) {
      daemon = DaemonThreads.named("rediscached-supertypes", new Search());
      daemon.start();
    }
  }

  private final class Search implements Runnable {
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
        && loader != LoadedClasses.class.getClassLoader()
        && !type.isArray()
        && !type.isHidden()
        && instrumentation.isModifiableClass(type);
  }

  private static boolean mayConcern(
      Class<?> type, LoadedClassFiles files, CacheTransformer transformer) {
    try {
      byte[] classFile = files.of(type);
      return classFile != null
          && transformer.mayConcern(type.getName().replace('.', '/'), classFile);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private void retransform(List<Class<?>> types) {
    // Supertypes first: what they pass on must be known when the others come.
    types.sort((one, other) -> Integer.compare(depth(one), depth(other)));
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
