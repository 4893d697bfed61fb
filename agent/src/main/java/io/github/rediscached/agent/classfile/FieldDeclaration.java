package io.github.rediscached.agent.classfile;

import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The declaration of a field in its class file. {@link FieldHistory} adds the stores of the code.
 */
final class FieldDeclaration {

  /** The immutable types of the JDK that a memo may have. */
  private static final Set<String> VALUE_TYPES =
      Set.of(
          "Ljava/lang/String;",
          "Ljava/lang/Boolean;",
          "Ljava/lang/Byte;",
          "Ljava/lang/Short;",
          "Ljava/lang/Character;",
          "Ljava/lang/Integer;",
          "Ljava/lang/Long;",
          "Ljava/lang/Float;",
          "Ljava/lang/Double;",
          "Ljava/lang/Class;",
          "Ljava/math/BigDecimal;",
          "Ljava/math/BigInteger;",
          "Ljava/net/URI;",
          "Ljava/util/Currency;",
          "Ljava/util/Locale;",
          "Ljava/util/OptionalDouble;",
          "Ljava/util/OptionalInt;",
          "Ljava/util/OptionalLong;",
          "Ljava/util/UUID;",
          "Ljava/util/regex/Pattern;");

  /** Annotations that do not tell where a value comes from. */
  private static final Set<String> NEUTRAL_ANNOTATIONS =
      Set.of(
          "CheckForNull",
          "Deprecated",
          "GuardedBy",
          "JsonIgnore",
          "LazyInit",
          "MonotonicNonNull",
          "NonNull",
          "NotNull",
          "Nullable",
          "Transient",
          "XmlTransient");

  static final String ATOMIC_REFERENCE = "java/util/concurrent/atomic/AtomicReference";

  private final int access;
  private final String name;
  private final String descriptor;
  private boolean annotated;

  FieldDeclaration(int access, String name, String descriptor) {
    this.access = access;
    this.name = name;
    this.descriptor = descriptor;
  }

  void annotatedBy(String annotation) {
    String simpleName = annotation.substring(annotation.lastIndexOf('/') + 1).replace(";", "");
    annotated |= !NEUTRAL_ANNOTATIONS.contains(simpleName);
  }

  String name() {
    return name;
  }

  String key() {
    return name + descriptor;
  }

  boolean isFinal() {
    return is(Opcodes.ACC_FINAL);
  }

  boolean isTransient() {
    return is(Opcodes.ACC_TRANSIENT);
  }

  boolean isPrivate() {
    return is(Opcodes.ACC_PRIVATE);
  }

  boolean isPublic() {
    return is(Opcodes.ACC_PUBLIC);
  }

  private boolean is(int flag) {
    return (access & flag) != 0;
  }

  /** Whether an annotation may let other code, such as a framework, set the field. */
  boolean isAnnotated() {
    return annotated;
  }

  boolean isOfValueType() {
    return descriptor.length() == 1
        || VALUE_TYPES.contains(descriptor)
        || descriptor.startsWith("Ljava/time/");
  }

  boolean isPrimitive() {
    return descriptor.length() == 1;
  }

  /** A new object of these types holds the time. */
  boolean isDate() {
    return descriptor.equals("Ljava/util/Date;") || descriptor.equals("Ljava/util/Calendar;");
  }

  /** Whether the object in the field can be filled by code that has a reference to it. */
  boolean isContainer() {
    return descriptor.startsWith("[")
        || (descriptor.startsWith("Ljava/util/")
            && !descriptor.startsWith("Ljava/util/concurrent/locks/"));
  }

  boolean isAtomicReference() {
    return descriptor.equals("L" + ATOMIC_REFERENCE + ";");
  }

  /** Whether the compiler of Kotlin or Scala keeps a lazy property in it. */
  boolean isLazyByLanguage() {
    return descriptor.equals("Lkotlin/Lazy;")
        || name.contains("$lzy")
        || name.startsWith("bitmap$")
        || (name.contains("bitmap$") && Character.isDigit(name.charAt(0)));
  }
}
