package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.TextForm;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Decides once for each class how its instances become canonical bytes, or why they can't. The
 * decision is kept in the class itself, so it goes when the class goes.
 */
final class Encodings extends ClassValue<CanonicalSerializer> {

  private static final Encodings INSTANCE = new Encodings();

  private Encodings() {}

  /** The encoding of instances of this very class. */
  static CanonicalSerializer of(Class<?> type) {
    return INSTANCE.get(type);
  }

  @Override
  protected CanonicalSerializer computeValue(Class<?> type) {
    if (Enum.class.isAssignableFrom(type)) {
      return new EnumEncoding(declaringEnum(type).getName());
    } else if (type.isArray() && !type.getComponentType().isPrimitive()) {
      return new ArrayEncoding(type.getName());
    }
    boolean ofJdk = Jdk.owns(type);
    CanonicalSerializer known = ofJdk ? ofJdk(type) : null;
    if (known != null) {
      return known;
    }
    Supertypes supertypes = new Supertypes(type);
    CanonicalSerializer ofLibrary = ofJdk ? null : ofLibrary(type, supertypes);
    if (ofLibrary != null) {
      return ofLibrary;
    }
    Refused refused = RefusedTypes.refused(type, supertypes);
    if (refused != null) {
      return refused;
    }
    CollectionEncoding collection = CollectionEncoding.of(type, supertypes);
    if (collection != null) {
      return collection(type, supertypes, collection);
    } else if (ofJdk) {
      return Refused.instanceOf(type);
    }
    return object(type, supertypes);
  }

  private static @Nullable CanonicalSerializer ofJdk(Class<?> type) {
    ScalarEncoding scalar = ScalarEncoding.of(type);
    return scalar != null ? scalar : HolderEncoding.of(type);
  }

  private static @Nullable CanonicalSerializer ofLibrary(Class<?> type, Supertypes supertypes) {
    Class<?> message = supertypes.named(ProtobufEncoding.MESSAGE);
    if (message != null) {
      return ProtobufEncoding.of(type, message);
    } else if (TextForm.isGroovyString(type)) {
      return new GroovyStringEncoding();
    }
    return AccessorEncoding.of(type, supertypes);
  }

  private static CanonicalSerializer collection(
      Class<?> type, Supertypes supertypes, CollectionEncoding encoding) {
    LazyCollection lazy;
    try {
      lazy = LazyCollection.of(supertypes, encoding);
    } catch (NoSuchMethodException e) {
      return new Refused("is a lazy collection of an unknown kind: " + type.getName());
    }
    if (lazy != null) {
      return lazy;
    }
    // The defaults of properties are no entries of theirs.
    CanonicalSerializer content =
        Properties.class.isAssignableFrom(type) ? HolderEncoding.PROPERTIES : encoding;
    List<Field> added = KeyFields.besideElements(type);
    return added.isEmpty() ? content : ObjectEncoding.ofCollection(type, added, content);
  }

  private static CanonicalSerializer object(Class<?> type, Supertypes supertypes) {
    if (type.isAnonymousClass()) {
      // Its number may name other code in the next version of the application.
      return ConstantEncoding.of(
          type, new Refused("is an anonymous class (" + type.getName() + ")"));
    } else if (type.isLocalClass()) {
      return new Refused("is a local class (" + type.getName() + ")");
    } else if (OwnSerialForm.hidesContent(supertypes)) {
      return Refused.instanceOf(type, "has transient fields and writes them itself");
    }
    Class<?> base = type;
    while (base != null && !Jdk.owns(base)) {
      base = base.getSuperclass();
    }
    for (; base != null; base = base.getSuperclass()) {
      for (Field field : base.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          return Refused.instanceOf(type, "extends " + base.getName());
        }
      }
    }
    return ObjectEncoding.ofObject(type, KeyFields.ofObject(type));
  }

  /** The class that declares a constant, where its own class is the constant's body. */
  private static Class<?> declaringEnum(Class<?> type) {
    Class<?> superclass = type.getSuperclass();
    return superclass == null || superclass == Enum.class ? type : superclass;
  }
}
