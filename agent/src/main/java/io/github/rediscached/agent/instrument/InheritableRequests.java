package io.github.rediscached.agent.instrument;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types whose requests their implementors inherit: those with annotated methods, those that a
 * rule names with {@code +}, and all that inherit from them. Few, so each new class only has its
 * supertypes' names looked up here. Thread-safe.
 */
final class InheritableRequests {

  private final Map<String, List<KnownType>> byName = new HashMap<>();
  private final Map<String, List<Integer>> namedByRules = new HashMap<>();
  private volatile boolean empty;

  /**
   * What a type passes on to its subtypes.
   *
   * @param requests by name and descriptor of the method
   * @param coded those of the requested methods of which the type has code that is cached
   * @param rules the rules with {@code +} that count for the type
   */
  record Passed(Map<String, MethodRequest> requests, Set<String> coded, List<Integer> rules) {}

  /** A type of one class loader. */
  private record KnownType(WeakReference<ClassLoader> loader, Passed passed) {}

  /** What a class inherits from the types known so far. */
  static final class Inherited {
    final Map<String, MethodRequest> requests = new HashMap<>();
    final Set<String> coded = new HashSet<>();
    final Set<Integer> rules = new HashSet<>();

    /**
     * Names of supertypes that are known of loaders that have no relation to the class's. Whether
     * it is these that it inherits from can be told when it is loaded.
     */
    final Set<String> elsewhere = new HashSet<>();

    /** Whether all its supertypes were loaded and so may be known. */
    final boolean complete;

    Inherited(boolean complete) {
      this.complete = complete;
    }

    void add(Passed passed) {
      for (Map.Entry<String, MethodRequest> nearer : passed.requests().entrySet()) {
        MethodRequest farther = requests.get(nearer.getKey());
        requests.put(
            nearer.getKey(), farther == null ? nearer.getValue() : nearer.getValue().over(farther));
      }
      coded.addAll(passed.coded());
      rules.addAll(passed.rules());
    }
  }

  /** Types that rules name without wildcards are known before they are loaded. */
  InheritableRequests(List<MethodRule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      String type = rules.get(i).pattern().exactClassName();
      if (type != null && rules.get(i).pattern().includesSubtypes()) {
        listOf(namedByRules, type.replace('.', '/')).add(i);
      }
    }
    empty = namedByRules.isEmpty();
  }

  boolean isEmpty() {
    return empty;
  }

  synchronized boolean knows(@Nullable String[] internalNames) {
    for (String name : internalNames) {
      if (name != null && (byName.containsKey(name) || namedByRules.containsKey(name))) {
        return true;
      }
    }
    return false;
  }

  /** Returns false if it has nothing to pass on, or if the same was known. */
  synchronized boolean add(ClassLoader loader, String internalName, Passed passed) {
    if (passed.requests().isEmpty() && passed.rules().isEmpty()) {
      return false;
    }
    List<KnownType> known = listOf(byName, internalName);
    empty = false;
    boolean changed = true;
    for (int i = known.size() - 1; i >= 0; i--) {
      ClassLoader itsLoader = known.get(i).loader().get();
      if (itsLoader == null) {
        known.remove(i);
      } else if (itsLoader == loader) {
        changed = !known.remove(i).passed().equals(passed);
      }
    }
    known.add(new KnownType(new WeakReference<>(loader), passed));
    return changed;
  }

  /** What a class that is being loaded inherits, as far as its class file tells. */
  synchronized Inherited of(ClassLoader loader, @Nullable String superName, String[] interfaces) {
    Inherited inherited = new Inherited(false);
    for (String implemented : interfaces) {
      collectFromAncestors(loader, implemented, inherited);
    }
    if (superName != null) {
      collectFromAncestors(loader, superName, inherited);
    }
    return inherited;
  }

  /** What a class inherits that is loaded, and so are all its supertypes. */
  synchronized Inherited of(Class<?> type) {
    Inherited inherited = new Inherited(true);
    collectFromSupertypes(type, inherited);
    return inherited;
  }

  /** What an interface, and all that it extends, asks of the proxies that stand for it. */
  synchronized Inherited ofProxied(Class<?> type) {
    Inherited inherited = new Inherited(true);
    collectFrom(type, inherited);
    return inherited;
  }

  /** Whether one of these types, or of those that they inherit from, passes on requests. */
  boolean knows(Class<?>[] types) {
    for (Class<?> type : types) {
      if (knows(new String[] {type.getName().replace('.', '/')}) || knows(type.getInterfaces())) {
        return true;
      }
    }
    return false;
  }

  private void collectFromSupertypes(Class<?> type, Inherited inherited) {
    for (Class<?> implemented : type.getInterfaces()) {
      collectFrom(implemented, inherited);
    }
    if (type.getSuperclass() != null) {
      collectFrom(type.getSuperclass(), inherited);
    }
  }

  private void collectFrom(Class<?> supertype, Inherited inherited) {
    // The nearest comes last and counts.
    collectFromSupertypes(supertype, inherited);
    String name = supertype.getName().replace('.', '/');
    ClassLoader loader = supertype.getClassLoader();
    collectRules(name, inherited);
    for (KnownType candidate : byName.getOrDefault(name, Collections.emptyList())) {
      if (loader != null && candidate.loader().get() == loader) {
        inherited.add(candidate.passed());
      }
    }
  }

  private void collectFromAncestors(ClassLoader loader, String name, Inherited inherited) {
    collectRules(name, inherited);
    List<KnownType> known = byName.getOrDefault(name, Collections.emptyList());
    boolean found = known.isEmpty();
    for (KnownType candidate : known) {
      if (isSameOrAncestor(candidate.loader().get(), loader)) {
        inherited.add(candidate.passed());
        found = true;
      }
    }
    if (!found) {
      inherited.elsewhere.add(name);
    }
  }

  private void collectRules(String name, Inherited inherited) {
    inherited.rules.addAll(namedByRules.getOrDefault(name, Collections.emptyList()));
  }

  private static <T> List<T> listOf(Map<String, List<T>> lists, String name) {
    List<T> list = lists.get(name);
    if (list == null) {
      list = new ArrayList<>();
      lists.put(name, list);
    }
    return list;
  }

  private static boolean isSameOrAncestor(@Nullable ClassLoader candidate, ClassLoader loader) {
    for (ClassLoader at = loader; at != null; at = at.getParent()) {
      if (at == candidate) {
        return true;
      }
    }
    return false;
  }
}
