package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.LibraryName;
import io.github.rediscached.agent.type.Jdk;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Collections of libraries that every entry may hold, since methods declare them as {@code List} or
 * {@code Map}. These hold their elements and do nothing else. Collections with factories,
 * predicates or transformers are not among them: reading one could run code. Asked by {@link
 * ClassRegistry}.
 */
final class LibraryCollections {

  private static final List<String> PACKAGES =
      List.of(
          "com.google.common.collect.",
          "io.vavr.collection.",
          "it.unimi.dsi.fastutil.",
          "kotlin.collections.",
          "org.eclipse.collections.impl.list.",
          "org.eclipse.collections.impl.set.",
          "org.eclipse.collections.impl.map.",
          "org.eclipse.collections.impl.bag.",
          "com.google.gson.internal.LinkedTreeMap",
          "com.google.gson.internal.LazilyParsedNumber",
          LibraryName.in("class org.springframework.util.LinkedCaseInsensitiveMap"),
          LibraryName.in("class org.springframework.util.LinkedMultiValueMap"),
          "org.apache.commons.collections4.map.CaseInsensitiveMap",
          "org.apache.commons.collections4.map.HashedMap",
          "org.apache.commons.collections4.map.LinkedMap",
          "org.apache.commons.collections4.map.ListOrderedMap",
          "org.apache.commons.collections4.bag.HashBag",
          "org.apache.commons.collections4.bidimap.DualHashBidiMap",
          "org.apache.commons.collections4.bidimap.DualTreeBidiMap");

  /** Views of Guava's and of Eclipse Collections that compute their elements. */
  private static final List<String> COMPUTING =
      List.of("Transform", "Filter", "Lazy", "Computing", "Comput", "Forwarding", "Adapter");

  private LibraryCollections() {}

  /** By its name alone, before anything is loaded. */
  static boolean mayBe(String className) {
    for (String start : PACKAGES) {
      if (className.startsWith(start)) {
        for (String computing : COMPUTING) {
          if (className.contains(computing)) {
            return false;
          }
        }
        return true;
      }
    }
    return false;
  }

  /** Whether a class is one of them, or says how one of them is written. */
  static boolean isOne(Class<?> type) {
    return mayBe(type.getName())
        && (Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type)
            || Iterable.class.isAssignableFrom(type)
            || Number.class.isAssignableFrom(type)
            || ByName.isA(type, "com.google.common.collect.Multimap")
            || SerialHooks.takesPart(type));
  }

  /**
   * Whether two classes of the application extend collections of the JDK and come from one package,
   * as the objects and lists of a JSON library do: where one is allowed, the other is.
   */
  static boolean areCompanions(Class<?> allowed, Class<?> other) {
    return allowed.getClassLoader() == other.getClassLoader()
        && allowed.getPackageName().equals(other.getPackageName())
        && isDerived(allowed)
        && isDerived(other);
  }

  private static boolean isDerived(Class<?> type) {
    Class<?> base = Jdk.owns(type) ? type : Layouts.baseOf(type);
    return !Jdk.owns(type)
        && !Layouts.isPlainBase(base)
        && (Collection.class.isAssignableFrom(base) || Map.class.isAssignableFrom(base));
  }
}
