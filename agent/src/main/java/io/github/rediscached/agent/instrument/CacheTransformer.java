package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.MethodPattern;
import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that the JVM loads. Nearly all are let through after a glance at their name and
 * constant pool; only a match wakes the rest. Never throws. Thread-safe.
 */
final class CacheTransformer implements ClassFileTransformer {

  private static final byte[][] ANNOTATION = {
    ClassModel.CACHED.getBytes(StandardCharsets.US_ASCII)
  };
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
  private static final ClassLoader AGENT = CacheTransformer.class.getClassLoader();

  private final Set<String> exactNames = new HashSet<>();
  private final List<MethodPattern> wildcards = new ArrayList<>();
  private final Supertypes supertypes;
  private final LazyInstrumenter instrumenter;
  private final Consumer<String> jdkClassLoaded;
  private final LoadedClasses loaded;
  private final AgentLog log;

  /**
   * @param jdkClassLoaded told the internal names of the JDK's classes as they are loaded
   * @param loaded told the types whose implementors may be loaded already
   */
  CacheTransformer(
      List<MethodRule> rules,
      Supertypes supertypes,
      LazyInstrumenter instrumenter,
      Consumer<String> jdkClassLoaded,
      LoadedClasses loaded,
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
    this.jdkClassLoaded = jdkClassLoaded;
    this.loaded = loaded;
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
          jdkClassLoaded.accept(name);
        }
        return null;
      }
      if (name == null || loader == AGENT || !mayConcern(name, classFile)) {
        return null;
      }
      Instrumenter.Outcome outcome = instrumenter.get().instrument(loader, classFile);
      if (outcome.inheritable()) {
        loaded.lookForImplementors(name.replace('/', '.'));
      }
      return outcome.bytes();
    } catch (Throwable e) {
      failed(name, e);
      return null;
    }
  }

  /** The first glance. */
  boolean mayConcern(String name, byte[] classFile) {
    return mayMatch(name)
        || ClassFile.mentions(classFile, ANNOTATION)
        || (!supertypes.isEmpty() && supertypes.knows(ClassFile.supertypes(classFile)));
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
          name
              + " could not be looked at, its methods run uncached: "
              + e
              + ". Please report this.");
    } catch (Throwable hopeless) {
      // No memory or stack left to say so.
    }
  }
}
