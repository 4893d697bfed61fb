package io.github.rediscached.agent.key;

import io.github.rediscached.agent.plan.ClassFacts;
import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Refusal;
import io.github.rediscached.agent.type.Text;
import io.github.rediscached.agent.type.TextForm;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Decides once for each class how its instances become canonical bytes, or why they can't. The
 * class itself keeps the decision, so both go together.
 */
final class Encodings extends ClassFacts<Encoding> {

  private static final Encodings INSTANCE = new Encodings();

  /** Enum constants, also those with a body: the enum's class and the constant's name. */
  private record OfEnum(String className) implements Encoding {
    @Override
    public void write(CanonicalBytes out, Object value) {
      out.writeByte(Tag.ENUM);
      Text.write(out, className);
      Text.write(out, ((Enum<?>) value).name());
    }
  }

  /** Arrays of objects: the array's class and all elements. */
  private record OfArray(String className) implements Encoding {
    @Override
    public void write(CanonicalBytes out, Object value) throws UnkeyableException {
      Object[] elements = (Object[]) value;
      out.writeByte(Tag.ARRAY);
      Text.write(out, className);
      out.enter(elements);
      out.writeVarInt(elements.length, true);
      for (int i = 0; i < elements.length; i++) {
        out.part(i);
        out.value(elements[i]);
      }
      out.leave();
    }
  }

  /** Groovy's {@code "... ${x}"}: the string that it becomes where a method asks for one. */
  private record OfGroovyString() implements Encoding {
    @Override
    public void write(CanonicalBytes out, Object value) {
      out.writeByte(Tag.STRING);
      Text.write(out, value.toString());
    }
  }

  private Encodings() {}

  /** The encoding of instances of this very class. */
  static Encoding of(Class<?> type) {
    return INSTANCE.get(type);
  }

  @Override
  protected Encoding about(Class<?> type) {
    if (Enum.class.isAssignableFrom(type)) {
      // A constant with a body has a class of its own; the superclass declares it.
      Class<?> superclass = type.getSuperclass();
      boolean isBody = superclass != null && superclass != Enum.class;
      return new OfEnum((isBody ? superclass : type).getName());
    } else if (type.isArray() && !type.getComponentType().isPrimitive()) {
      return new OfArray(type.getName());
    }
    boolean ofJdk = Jdk.owns(type);
    TypeHierarchy hierarchy = new TypeHierarchy(type);
    Encoding known = ofJdk ? ofJdk(type) : ofLibrary(type, hierarchy);
    if (known != null) {
      return known;
    }
    Refused refused = RefusedTypes.refused(type, hierarchy);
    if (refused != null) {
      return refused;
    }
    CollectionEncoding collection = CollectionEncoding.of(type, hierarchy);
    if (collection != null) {
      return collection(type, hierarchy, collection);
    }
    return ofJdk ? Refused.instanceOf(type) : object(type, hierarchy);
  }

  private static @Nullable Encoding ofJdk(Class<?> type) {
    ScalarEncoding scalar = ScalarEncoding.of(type);
    return scalar != null ? scalar : HolderEncoding.of(type);
  }

  private static @Nullable Encoding ofLibrary(Class<?> type, TypeHierarchy hierarchy) {
    Class<?> message = hierarchy.named(ProtobufEncoding.MESSAGE);
    if (message != null) {
      return ProtobufEncoding.of(type, message);
    }
    return TextForm.isGroovyString(type)
        ? new OfGroovyString()
        : AccessorEncoding.of(type, hierarchy);
  }

  private static Encoding collection(
      Class<?> type, TypeHierarchy hierarchy, CollectionEncoding encoding) {
    LazyCollection lazy;
    try {
      lazy = LazyCollection.of(hierarchy, encoding);
    } catch (NoSuchMethodException e) {
      return new Refused("is a lazy collection of an unknown kind: " + type.getName());
    }
    if (lazy != null) {
      return lazy;
    }
    // The defaults of properties are no entries.
    Encoding content =
        Properties.class.isAssignableFrom(type) ? HolderEncoding.PROPERTIES : encoding;
    List<Field> added = KeyFields.besideElements(type);
    return added.isEmpty() ? content : ObjectEncoding.ofCollection(type, added, content);
  }

  private static Encoding object(Class<?> type, TypeHierarchy hierarchy) {
    if (type.isAnonymousClass()) {
      // Its number may name other code in the next version of the application.
      return ConstantEncoding.of(
          type,
          new Refused("is an anonymous class (" + type.getName() + ")" + Refusal.inMethod(type)));
    } else if (type.isLocalClass()) {
      return new Refused("is a local class (" + type.getName() + ")" + Refusal.inMethod(type));
    } else if (OwnSerialForm.hidesContent(hierarchy)) {
      return Refused.instanceOf(type, "has transient fields and writes them itself");
    }
    for (Class<?> each : hierarchy.all()) {
      if (Jdk.owns(each) && !each.isInterface()) {
        for (Field field : each.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers())) {
            return Refused.instanceOf(type, "extends " + each.getName());
          }
        }
      }
    }
    return ObjectEncoding.ofObject(type, KeyFields.ofObject(type));
  }
}
