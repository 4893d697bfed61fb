package io.github.rediscached.agent.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * What the agent knows of each class, kept with that class, so that it goes with it. When the agent
 * leaves the JVM it forgets all of it: else each class would hold the agent's own classes for as
 * long as it lives. Thread-safe.
 */
public abstract class ClassFacts<T> extends ClassValue<T> {

  private static final Set<ClassFacts<?>> ALL =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final Set<Class<?>> known =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Finds out what is to be known of a class; its result must not depend on who asks. */
  protected abstract T about(Class<?> type);

  @Override
  protected final T computeValue(Class<?> type) {
    T facts = about(type);
    ALL.add(this);
    known.add(type);
    return facts;
  }

  /** Of all classes, when the agent leaves. */
  public static void forgetAll() {
    for (ClassFacts<?> facts : copy(ALL)) {
      for (Class<?> type : copy(facts.known)) {
        facts.remove(type);
      }
    }
  }

  private static <E> List<E> copy(Set<E> set) {
    synchronized (set) {
      return new ArrayList<>(set);
    }
  }
}
