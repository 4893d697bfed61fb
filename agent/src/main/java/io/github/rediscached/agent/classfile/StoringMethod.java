package io.github.rediscached.agent.classfile;

import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A method that stores into a field: its declaration, which distinguishes getters and constructors
 * from methods that change the state of the object.
 */
final class StoringMethod {

  private final int access;
  private final String name;
  private final String descriptor;
  private final boolean ofTheClass;
  private boolean returnsSelf;

  /**
   * Describes a method.
   *
   * @param ofTheClass whether its class declares the fields; otherwise it is another class of the
   *     nest
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

  /** Whether Java's serialization calls it, to restore the values of another object. */
  boolean isRestoring() {
    return (name.equals("readObject") && descriptor.equals("(Ljava/io/ObjectInputStream;)V"))
        || name.equals("readObjectNoData")
        || (name.equals("readExternal") && descriptor.equals("(Ljava/io/ObjectInput;)V"));
  }

  boolean hasParameters() {
    return !descriptor.startsWith("()");
  }

  /** Whether Scala's compiler made it to compute the lazy value of a field. */
  boolean isLazyValueOf(String field) {
    return name.equals(field + "$lzycompute") || name.equals(field + "$lzyINIT1");
  }

  /** Whether it returns a value other than its own object. */
  boolean isGetter() {
    return ofTheClass && !isStatic() && !returnsSelf && !descriptor.endsWith(")V");
  }

  void setReturnsSelf() {
    returnsSelf = true;
  }

  /** The number of places that its arguments take among the locals, its object included. */
  int places() {
    return (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - (isStatic() ? 1 : 0);
  }
}
