package io.github.rediscached.agent.classfile;

import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** What a method looks like from outside, as far as it tells a getter from what changes state. */
final class StoringMethod {

  private final int access;
  private final String name;
  private final String descriptor;
  private final boolean ofTheClass;
  private boolean returnsSelf;

  /**
   * Describes a method.
   *
   * @param ofTheClass whether it is one of the class that declares the fields, rather than one of
   *     another class of its nest
   */
  StoringMethod(int access, String name, String descriptor, boolean ofTheClass) {
    this.access = access;
    this.name = name;
    this.descriptor = descriptor;
    this.ofTheClass = ofTheClass;
  }

  boolean isStatic() {
    return (access & Opcodes.ACC_STATIC) != 0;
  }

  boolean isPrivate() {
    return (access & Opcodes.ACC_PRIVATE) != 0;
  }

  boolean isConstructor() {
    return ofTheClass && name.equals("<init>");
  }

  boolean isOfTheClass() {
    return ofTheClass;
  }

  /** What Java's serialization calls: it restores what was there before. */
  boolean isRestoring() {
    return (name.equals("readObject") && descriptor.equals("(Ljava/io/ObjectInputStream;)V"))
        || name.equals("readObjectNoData")
        || (name.equals("readExternal") && descriptor.equals("(Ljava/io/ObjectInput;)V"));
  }

  boolean hasParameters() {
    return !descriptor.startsWith("()");
  }

  /** Scala's compiler computes a lazy value in a method of this kind. */
  boolean isLazyValueOf(String field) {
    return name.equals(field + "$lzycompute") || name.equals(field + "$lzyINIT1");
  }

  /** Whether it returns something, and not just its object for the next call. */
  boolean isGetter() {
    return ofTheClass && !isStatic() && !returnsSelf && !descriptor.endsWith(")V");
  }

  void setReturnsSelf() {
    returnsSelf = true;
  }

  /** How many places its arguments take among the locals, its object included. */
  int places() {
    return (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - (isStatic() ? 1 : 0);
  }
}
