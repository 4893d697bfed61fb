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
 * Selects the fields of a class that are in a key: all that hold content, transient ones included.
 * Values that an object computes on demand and keeps are no content, nor are transient objects that
 * each constructor makes anew, such as a lock. {@link Encodings} calls it once for each class.
 */
final class KeyFields {

  /** By name, then by class, since the JVM lists fields in no fixed order. */
  private static final Comparator<Field> ORDER =
      Comparator.comparing(Field::getName)
          .thenComparing(field -> field.getDeclaringClass().getName());

  /**
   * Memos that other methods than getters fill, so that {@link FieldFacts} can't recognise them.
   */
  private static final Set<String> KNOWN_MEMOS =
      Set.of(
          "org.locationtech.jts.geom.Geometry.envelope",
          "com.vividsolutions.jts.geom.Geometry.envelope");

  /** The collections of these libraries have no content but their elements. */
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
    // A class that writes itself may write the content of a transient map.
    boolean holdsMore = writesItself && isContainer(field.getType());
    return role != Role.FRESH || !Modifier.isTransient(field.getModifiers()) || holdsMore;
  }

  private static boolean isContainer(Class<?> type) {
    return type.isArray() || CollectionEncoding.of(type) != null;
  }

  /**
   * The fields that a collection of the application has beside its elements, such as {@code Page
   * extends ArrayList}. If a superclass of the JDK holds the elements, all fields count. Otherwise
   * some fields hold the elements: arrays and nodes of a list or tree may differ for equal elements
   * and don't count, but other collections do, as equal elements make equal bytes there. If such a
   * class writes itself, no field counts, since one may hold the size of a table. Fields that the
   * compiler made never count: the enclosing instance of {@code new HashMap<>() {{ put(…); }}} is
   * no content.
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

  /** Whether it is a node: a class with a field for other nodes. */
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
