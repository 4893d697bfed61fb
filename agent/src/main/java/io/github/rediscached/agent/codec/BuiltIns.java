package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Scalars;
import java.lang.reflect.Modifier;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's classes that have a serializer, in an order that is part of the format; a value of any
 * other class of the JDK is refused (but for enums and exceptions).
 *
 * <p>Views come back as plain collections: a sub-list, {@code values()} and a reversed list as an
 * {@code ArrayList}; {@code keySet()} and {@code entrySet()} as a {@code LinkedHashSet}; a part of
 * a sorted map or set, and its reverse, as a {@code TreeMap} or {@code TreeSet} with its order.
 * Immutable lists, sets and maps stay immutable.
 */
final class BuiltIns {

  private static final List<@Nullable KnownClass> TABLE = new ArrayList<>();
  private static final Map<Class<?>, KnownClass> BY_CLASS = new HashMap<>();

  /** Views that are replaced by what is inside; they are never read, so they have no number. */
  private static final Map<Class<?>, KnownClass> STAND_INS = new HashMap<>();

  /** What an array's elements, or a class that is itself a value, may be, by name. */
  private static final Map<String, Class<?>> REFERABLE = new HashMap<>();

  /** Nested in these are views whose elements are compared by identity, or vanish. */
  private static final List<String> WITHOUT_RULE =
      List.of("java.util.IdentityHashMap$", "java.util.WeakHashMap$");

  private static final List<Class<?>> PRIMITIVES =
      List.of(
          boolean.class,
          byte.class,
          short.class,
          char.class,
          int.class,
          long.class,
          float.class,
          double.class);

  /** What {@link Collections} wraps, in the order of the numbers. */
  private static final List<String> WRAPPED =
      List.of(
          "Collection",
          "List",
          "Set",
          "SortedSet",
          "NavigableSet",
          "Map",
          "SortedMap",
          "NavigableMap");

  private static final List<String> CHECKED =
      List.of(
          "Collection", "List", "RandomAccessList", "Set", "SortedSet", "NavigableSet", "Queue");

  private static final List<String> CHECKED_MAPS = List.of("Map", "SortedMap", "NavigableMap");

  static {
    addScalars();
    addCollections();
    addWrappers();
    addConstants();
    addRareTypes();
    for (Class<?> type : BY_CLASS.keySet()) {
      addReferable(type);
    }
  }

  private BuiltIns() {}

  /** The class with this number, or null if there is none in this JVM. */
  static @Nullable KnownClass at(int index) {
    return index >= 0 && index < TABLE.size() ? TABLE.get(index) : null;
  }

  /** What is known of one of the JDK's classes, or null. */
  static @Nullable KnownClass of(Class<?> type) {
    KnownClass known = BY_CLASS.get(type);
    if (known == null) {
      known = STAND_INS.get(type);
    }
    return known != null || !Jdk.owns(type) ? known : byInterface(type);
  }

  /** A class that is one of the built-in ones or of their supertypes, or null. */
  static @Nullable Class<?> referable(String name) {
    return REFERABLE.get(name);
  }

  /** The primitive type of a descriptor such as {@code I}; null if it is none. */
  static @Nullable Class<?> primitiveOf(String descriptor) {
    for (Class<?> primitive : PRIMITIVES) {
      if (primitive.descriptorString().equals(descriptor)) {
        return primitive;
      }
    }
    return null;
  }

  /** The primitive type of a name such as {@code int}, or {@code void}; null if it is none. */
  static @Nullable Class<?> primitiveNamed(String name) {
    for (Class<?> primitive : PRIMITIVES) {
      if (primitive.getName().equals(name)) {
        return primitive;
      }
    }
    return name.equals("void") ? void.class : null;
  }

  /** A fingerprint of the table: another one is another format. */
  static long layout() {
    Fingerprint fingerprint = new Fingerprint();
    for (KnownClass known : TABLE) {
      fingerprint.add(known == null ? "" : known.type.getName());
    }
    return fingerprint.value();
  }

  private static void addScalars() {
    for (Scalars.Scalar scalar : Scalars.all()) {
      add(
          scalar.hasIdentity() ? new ChildlessSerializer(scalar.serializer()) : scalar.serializer(),
          scalar.types().toArray(new Class<?>[0]));
    }
    add(new ClassSerializer(), Class.class);
    add(new PatternSerializer(), Pattern.class);
    add(new FrameSerializer(), StackTraceElement.class);
  }

  private static void addCollections() {
    add(new ArraySerializer(), Object[].class);
    add(new ArraySerializer(), String[].class);
    for (HolderSerializer.Type type : HolderSerializer.Type.values()) {
      add(new HolderSerializer(type), type.type);
    }
    for (CollectionSerializer.Type type : CollectionSerializer.Type.values()) {
      add(new CollectionSerializer(type), type.type);
    }
    alias(EnumSet.noneOf(Thread.State.class).getClass(), EnumSet.class);
    alias(ByName.present("java.util.JumboEnumSet"), EnumSet.class);
    for (FixedCollectionSerializer.Type type : FixedCollectionSerializer.Type.values()) {
      add(new FixedCollectionSerializer(type), type.type);
    }
    alias(List.of(1).getClass(), List.of().getClass());
    alias(List.of(1, 2, 3).subList(1, 2).getClass(), List.of().getClass());
    alias(Set.of(1).getClass(), Set.of().getClass());
    alias(Map.of(1, 1).getClass(), Map.of().getClass());
  }

  private static void addWrappers() {
    for (String prefix : List.of("Unmodifiable", "Synchronized")) {
      for (String wrapped : WRAPPED) {
        String name = prefix + wrapped;
        Class<?> type = ByName.nested(name);
        add(WrapperSerializer.of(prefix, wrapped), type);
        if (type != null) {
          alias(ByName.nested(name.replace("List", "RandomAccessList")), type);
          alias(ByName.nested(name + "$Empty" + wrapped), type);
        }
      }
    }
    add(WrapperSerializer.ofReversedComparators(), ByName.nested("ReverseComparator2"));
    for (String checked : CHECKED) {
      standIn("c", "CheckedCollection", "Checked" + checked);
    }
    for (String checked : CHECKED_MAPS) {
      standIn("m", "CheckedMap", "Checked" + checked);
    }
    standIn("m", "SetFromMap", "SetFromMap");
  }

  private static void standIn(String field, String declaring, String name) {
    Class<?> declaringClass = ByName.nested(declaring);
    Class<?> type = ByName.nested(name);
    if (declaringClass != null && type != null) {
      JdkField inside = new JdkField(declaringClass, field);
      // A set over a map is written as that map's keys.
      StandInSerializer serializer =
          name.equals("SetFromMap")
              ? new StandInSerializer(
                  (opener, view) ->
                      inside.get(opener, view) instanceof Map<?, ?> map ? map.keySet() : null)
              : new StandInSerializer(inside::get);
      STAND_INS.put(type, KnownClass.ofApplication(type, serializer, 0, false));
    }
  }

  private static void addConstants() {
    for (Object constant :
        List.of(
            Collections.emptyList(),
            Collections.emptySet(),
            Collections.emptyMap(),
            Comparator.naturalOrder(),
            Collections.reverseOrder(),
            String.CASE_INSENSITIVE_ORDER)) {
      add(new ConstantSerializer(constant), constant.getClass());
    }
  }

  private static void addRareTypes() {
    add(new DoubleStatisticsSerializer(), DoubleSummaryStatistics.class);
    add(new PublicKeySerializer(false), PublicKey.class);
    add(new PublicKeySerializer(true), X509Certificate.class);
    add(new ArraySerializer(), AtomicReferenceArray.class);
    for (QueueSerializer.Type type : QueueSerializer.Type.values()) {
      add(new QueueSerializer(type), type.type);
    }
  }

  /** Another class whose objects are written as those of a class that has its number. */
  private static void alias(@Nullable Class<?> type, Class<?> as) {
    KnownClass known = BY_CLASS.get(as);
    if (type != null && known != null) {
      BY_CLASS.put(type, known);
    }
  }

  /** Gives the serializer the next number, even where none of its classes is there. */
  private static void add(Serializer<?> serializer, @Nullable Class<?>... classes) {
    KnownClass known = null;
    for (Class<?> type : classes) {
      if (type != null) {
        if (known == null) {
          known = KnownClass.builtIn(type, serializer, TABLE.size());
        }
        BY_CLASS.put(type, known);
      }
    }
    TABLE.add(known);
  }

  private static void addReferable(Class<?> type) {
    if (type.isArray() || REFERABLE.put(type.getName(), type) != null) {
      return;
    }
    if (type.getSuperclass() != null) {
      addReferable(type.getSuperclass());
    }
    for (Class<?> implemented : type.getInterfaces()) {
      addReferable(implemented);
    }
  }

  /** Serializers for the JDK's private classes. */
  private static @Nullable KnownClass byInterface(Class<?> type) {
    Scalars.Scalar scalar = Scalars.of(type);
    if (scalar != null) {
      return BY_CLASS.get(scalar.type());
    }
    Class<?> rare = PublicKeySerializer.typeOf(type);
    if (rare != null) {
      return BY_CLASS.get(rare);
    }
    return isView(type) ? viewOf(type) : null;
  }

  private static boolean isView(Class<?> type) {
    String name = type.getName();
    for (String prefix : WITHOUT_RULE) {
      if (name.startsWith(prefix)) {
        return false;
      }
    }
    return name.startsWith("java.util.") && (type.isMemberClass() || !isPublic(type));
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers());
  }

  private static @Nullable KnownClass viewOf(Class<?> type) {
    if (List.class.isAssignableFrom(type)) {
      return BY_CLASS.get(ArrayList.class);
    }
    if (SortedSet.class.isAssignableFrom(type)) {
      return BY_CLASS.get(TreeSet.class);
    }
    if (Set.class.isAssignableFrom(type)) {
      return BY_CLASS.get(LinkedHashSet.class);
    }
    if (SortedMap.class.isAssignableFrom(type)) {
      return BY_CLASS.get(
          ConcurrentMap.class.isAssignableFrom(type) ? ConcurrentSkipListMap.class : TreeMap.class);
    }
    if (Map.class.isAssignableFrom(type)) {
      return BY_CLASS.get(LinkedHashMap.class);
    }
    if (Queue.class.isAssignableFrom(type)) {
      return BY_CLASS.get(ArrayDeque.class);
    }
    if (Collection.class.isAssignableFrom(type)) {
      return BY_CLASS.get(ArrayList.class);
    }
    return Map.Entry.class.isAssignableFrom(type)
        ? BY_CLASS.get(AbstractMap.SimpleEntry.class)
        : null;
  }
}
