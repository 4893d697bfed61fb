package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.http.HandlerMethods;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.MethodPattern;
import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that the JVM loads. Nearly all are let through after a glance at their name and
 * constant pool; only a match wakes the rest. Never throws. Thread-safe.
 */
final class CacheTransformer implements ClassFileTransformer {

  /** What the simple names of the JDK's proxies begin with; the JDK reserves it. */
  private static final String PROXY_NAME = "$Proxy";

  /** What the descriptors of the annotations begin with that ask for something. */
  private static final byte[] ANNOTATION =
      "Lio/github/rediscached/Redis".getBytes(StandardCharsets.US_ASCII);

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
  private static final ClassLoader AGENT = CacheTransformer.class.getClassLoader();

  private final Set<String> exactNames = new HashSet<>();
  private final List<MethodPattern> wildcards = new ArrayList<>();
  private final InheritableRequests supertypes;
  private final Callable<Instrumenter> instrumenter;
  private final AgentRuntime runtime;
  private final Consumer<String> inheritableFound;
  private final AgentLog log;
  private volatile @Nullable ChangedClasses changed;

  /**
   * @param instrumenter called when a class passes the first glance
   * @param inheritableFound told the binary names of types whose implementors may be loaded already
   */
  CacheTransformer(
      List<MethodRule> rules,
      InheritableRequests supertypes,
      Callable<Instrumenter> instrumenter,
      AgentRuntime runtime,
      Consumer<String> inheritableFound,
      AgentLog log) {
    for (MethodRule rule : rules) {
      String exact = rule.pattern().exactClassName();
      if (exact == null) {
        wildcards.add(rule.pattern());
      } else {
        exactNames.add(exact.replace('.', '/'));
      }
    }
    this.supertypes = supertypes;
    this.instrumenter = instrumenter;
    this.runtime = runtime;
    this.inheritableFound = inheritableFound;
    this.log = log;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    try {
      if (loader == null || loader == PLATFORM) {
        if (name != null && redefined == null) {
          runtime.jdkClassLoaded(name);
        }
        return runtime.cachesResponses() && HandlerMethods.CHAIN.equals(name)
            ? noted(loader, HandlerMethods.CHAIN, instrumenter.call().instrumentChain(classFile))
            : null;
      }
      if (name == null || loader == AGENT || !glance(loader, name, redefined, classFile)) {
        return null;
      }
      Instrumenter.Instrumented outcome =
          instrumenter.call().instrument(loader, redefined, classFile);
      for (String supertype : outcome.lookFor()) {
        inheritableFound.accept(supertype.replace('/', '.'));
      }
      return noted(loader, name, outcome.bytes());
    } catch (Throwable e) {
      failed(name, e);
      return null;
    }
  }

  private byte @Nullable [] noted(
      @Nullable ClassLoader loader, String name, byte @Nullable [] bytes) {
    if (bytes != null) {
      changed().add(loader, name);
    }
    return bytes;
  }

  /** Those that were changed so far. */
  ChangedClasses changed() {
    ChangedClasses present = changed;
    return present == null ? firstChanged() : present;
  }

  private synchronized ChangedClasses firstChanged() {
    ChangedClasses present = changed;
    if (present == null) {
      present = new ChangedClasses();
      changed = present;
    }
    return present;
  }

  private boolean glance(
      ClassLoader loader, String name, @Nullable Class<?> redefined, byte[] classFile) {
    try {
      if (isNameOfProxy(name)) {
        @Nullable String[] names = ClassFile.supertypes(classFile);
        if (JdkProxy.SUPERCLASS.equals(names[0])) {
          return mayConcernProxy(
              redefined == null
                  ? JdkProxy.interfaces(loader, Arrays.copyOfRange(names, 1, names.length))
                  : redefined.getInterfaces());
        }
      }
      return mayConcern(name, classFile);
    } catch (RuntimeException e) {
      log.warnOnce(
          "class file",
          "the class file of "
              + name.replace('/', '.')
              + " is not understood, it runs uncached; so may others, of which nothing will be"
              + " said: "
              + e
              + ". Look for a version of rediscached that knows it.");
      return false;
    }
  }

  /** The first glance. */
  boolean mayConcern(String name, byte[] classFile) {
    return mayMatch(name)
        || ClassFile.mentions(classFile, ANNOTATION)
        || (runtime.cachesResponses() && runsHandlers(classFile))
        || (!supertypes.isEmpty() && supertypes.knows(ClassFile.supertypes(classFile)));
  }

  private static boolean runsHandlers(byte[] classFile) {
    for (byte[] descriptor : HandlerMethods.DESCRIPTORS) {
      if (ClassFile.mentions(classFile, descriptor)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The first glance at a proxy, by its interfaces: the JVM has loaded them and all that they
   * inherit from.
   */
  boolean mayConcernProxy(Class<?>[] interfaces) {
    for (Class<?> type : interfaces) {
      if (mayMatch(type.getName().replace('.', '/'))) {
        return true;
      }
    }
    return !supertypes.isEmpty() && supertypes.knows(interfaces);
  }

  private boolean mayMatch(String name) {
    if (!exactNames.isEmpty() && exactNames.contains(name)) {
      return true;
    }
    if (!wildcards.isEmpty()) {
      String binaryName = name.replace('/', '.');
      for (int i = 0; i < wildcards.size(); i++) {
        if (wildcards.get(i).matchesClass(binaryName)) {
          return true;
        }
      }
    }
    return false;
  }

  private void failed(@Nullable String name, Throwable e) {
    try {
      log.warnOnce(
          "transform " + name,
          String.valueOf(name).replace('/', '.')
              + " could not be looked at, its methods run uncached: "
              + e
              + ". Please report this.");
    } catch (Throwable hopeless) {
      // No memory or stack left to say so.
    }
  }

  /** Here, since {@link JdkProxy} is not to be loaded where nothing matches. */
  static boolean isNameOfProxy(String internalName) {
    return internalName.startsWith(PROXY_NAME, internalName.lastIndexOf('/') + 1);
  }
}
