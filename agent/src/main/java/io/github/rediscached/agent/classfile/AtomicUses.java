package io.github.rediscached.agent.classfile;

/**
 * Which fields with an {@code AtomicReference} are read and set in one method without parameters,
 * as in a lazy getter of Lombok, and which are set in another way. Not thread-safe.
 */
final class AtomicUses {

  static final String TYPE = "java/util/concurrent/atomic/AtomicReference";

  private long setOnDemand;
  private long setOtherwise;

  /**
   * Notes that a reference in a field is set.
   *
   * @param wasRead whether the same method has read it before
   */
  void set(int field, FlowValue value, StoringMethod method, boolean wasRead) {
    if (wasRead && method.isGetter() && !method.hasParameters() && !value.isLiteral()) {
      setOnDemand |= FlowValue.bit(field);
    } else {
      setOtherwise |= FlowValue.bit(field);
    }
  }

  boolean isLazy(int field) {
    long bit = FlowValue.bit(field);
    return (setOnDemand & bit) != 0 && (setOtherwise & bit) == 0;
  }
}
