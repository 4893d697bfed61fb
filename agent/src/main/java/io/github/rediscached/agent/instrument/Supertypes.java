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
final class Supertypes {

  private final Map<String, List<Known>> byName = new HashMap<>();
  private volatile boolean empty = true;

  /**
   * A type of one class loader.
   *
   * @param requests by name and descriptor of the method
   * @param rules the rules with {@code +} that count for the type
   */
  private record Known(
      WeakReference<ClassLoader> loader, Map<String, Request> requests, List<Integer> rules) {}

  /** What a class inherits from the types known so far. */
  static final class Inherited {
    final Map<String, Request> requests = new HashMap<>();
    final Set<Integer> rules = new HashSet<>();

    boolean isEmpty() {
      return requests.isEmpty() && rules.isEmpty();
    }
  }

  boolean isEmpty() {
    return empty;
  }

  synchronized boolean knows(@Nullable String[] internalNames) {
    for (String name : internalNames) {
      if (name != null && byName.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns false if it was known with the same content. */
  synchronized boolean add(
      ClassLoader loader, String internalName, Map<String, Request> requests, List<Integer> rules) {
    List<Known> known = byName.get(internalName);
    if (known == null) {
      known = new ArrayList<>();
      byName.put(internalName, known);
    }
    for (int i = known.size() - 1; i >= 0; i--) {
      ClassLoader itsLoader = known.get(i).loader().get();
      if (itsLoader == null) {
        known.remove(i);
      } else if (itsLoader == loader) {
        Known old = known.remove(i);
        known.add(new Known(new WeakReference<>(loader), requests, rules));
        return !old.requests().keySet().equals(requests.keySet()) || !old.rules().equals(rules);
      }
    }
    known.add(new Known(new WeakReference<>(loader), requests, rules));
    empty = false;
    return true;
  }

  /** What a class of this loader with these supertypes inherits. */
  synchronized Inherited of(ClassLoader loader, @Nullable String superName, String[] interfaces) {
    Inherited inherited = new Inherited();
    for (String implemented : interfaces) {
      collect(loader, implemented, inherited);
    }
    if (superName != null) {
      collect(loader, superName, inherited);
    }
    return inherited;
  }

  private void collect(ClassLoader loader, String name, Inherited inherited) {
    for (Known known : byName.getOrDefault(name, Collections.emptyList())) {
      if (isSameOrAncestor(known.loader().get(), loader)) {
        inherited.requests.putAll(known.requests());
        inherited.rules.addAll(known.rules());
      }
    }
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
