package io.github.rediscached.agent.key;

import io.github.rediscached.agent.classfile.FieldFacts;
import io.github.rediscached.agent.classfile.FieldFacts.Role;
import io.github.rediscached.agent.plan.LibraryName;
import io.github.rediscached.agent.type.Jdk;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which fields of a class make up its instances: all that hold content, transient ones included.
 * What an object computes on demand and keeps is none, nor what is transient and made anew by each
 * constructor, such as a lock.
 */
final class KeyFields {

  /** By name, then by class, whatever order the JVM lists them in. */
  private static final Comparator<Field> ORDER =
      Comparator.comparing(Field::getName)
          .thenComparing(field -> field.getDeclaringClass().getName());

  /** Memos that no getter alone fills, so that the code does not tell. */
  private static final Set<String> KNOWN_MEMOS =
      Set.of(
          "org.locationtech.jts.geom.Geometry.envelope",
          "com.vividsolutions.jts.geom.Geometry.envelope");

  /** The collections of these are their elements and nothing else. */
  private static final List<String> LIBRARIES =
      List.of(
          "com.alibaba.fastjson.",
          "com.alibaba.fastjson2.",
          "com.carrotsearch.hppc.",
          "com.google.common.",
          "com.google.protobuf.",
          "groovy.",
          "io.vavr.",
          "it.unimi.dsi.",
          "kotlin.",
          "kotlinx.",
          "org.apache.commons.collections.",
          "org.apache.commons.collections4.",
          "org.bson.",
          "org.codehaus.groovy.",
          "org.eclipse.collections.",
          "org.eclipse.persistence.",
          "org.hibernate.",
          "org.pcollections.",
          "scala.",
          LibraryName.in("class org.springframework.util."),
          LibraryName.in("class org.springframework.http."));

  private KeyFields() {}

  /** The fields of an object that is no collection. */
  static List<Field> ofObject(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each = type; each != null && !Jdk.owns(each); each = each.getSuperclass()) {
      boolean writesItself = OwnSerialForm.writesItself(each);
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && counts(field, writesItself)) {
          fields.add(field);
        }
      }
    }
    fields.sort(ORDER);
    return fields;
  }

  private static boolean counts(Field field, boolean writesItself) {
    Role role = FieldFacts.role(field);
    if (role == Role.MEMO
        || KNOWN_MEMOS.contains(field.getDeclaringClass().getName() + "." + field.getName())) {
      return false;
    }
    // Who writes itself may well write what stands in a transient map.
    boolean holdsMore = writesItself && isContainer(field.getType());
    return role != Role.FRESH || !Modifier.isTransient(field.getModifiers()) || holdsMore;
  }

  private static boolean isContainer(Class<?> type) {
    return type.isArray() || CollectionEncoding.of(type) != null;
  }

  /**
   * The fields that a collection of the application has beside its elements, such as {@code Page
   * extends ArrayList}. Where the superclass is one of the JDK that holds the elements, these are
   * all; else the fields hold the elements as well, and so do arrays and nodes of a list or tree,
   * which may differ for equal elements and don't count. Other collections among them do: equal
   * elements in them make equal bytes once more. None count of a class that writes itself, which
   * may keep there how large its table is. Fields of the compiler are left out: the enclosing
   * instance of {@code new HashMap<>() {{ put(…); }}} is no content.
   */
  static List<Field> besideElements(Class<?> type) {
    Class<?> base = type;
    boolean writesItself = false;
    while (base != null && !Jdk.owns(base) && !isOfLibrary(base)) {
      writesItself |= OwnSerialForm.writesItself(base);
      base = base.getSuperclass();
    }
    if (base == type) {
      return List.of();
    }
    boolean holdsElements =
        base != null && base != Object.class && !Modifier.isAbstract(base.getModifiers());
    if (!holdsElements && writesItself) {
      return List.of();
    }
    List<Field> fields = ofObject(type);
    fields.removeIf(
        field ->
            field.isSynthetic()
                || isOfLibrary(field.getDeclaringClass())
                || (!holdsElements && isStructure(field)));
    return fields;
  }

  private static boolean isStructure(Field field) {
    Class<?> type = field.getType();
    return type.isArray()
        || (!type.isPrimitive()
            && !type.isEnum()
            && !type.isRecord()
            && type.getEnclosingClass() != null
            && type.getNestHost() == field.getDeclaringClass().getNestHost()
            && refersToItself(type));
  }

  /** Whether it is a node, that refers to the next one. */
  private static boolean refersToItself(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())
          && (field.getType().isAssignableFrom(type) || field.getType().isArray())
          && field.getType() != Object.class) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfLibrary(Class<?> type) {
    String name = type.getName();
    for (String each : LIBRARIES) {
      if (name.startsWith(each)) {
        return true;
      }
    }
    return false;
  }
}
