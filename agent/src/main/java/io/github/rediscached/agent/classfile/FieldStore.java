package io.github.rediscached.agent.classfile;

/**
 * An instruction that stores into a field, with the facts that hold there.
 *
 * @param field the field's number
 * @param value the stored value
 * @param onSelf whether the field belongs to the object that the method is called on
 * @param empty the fields that are known to hold a constant there, a bit for each
 * @param method the method of the instruction
 */
record FieldStore(int field, FlowValue value, boolean onSelf, long empty, StoringMethod method) {

  /** Whether the value is that of the same field in another object, or its old one. */
  boolean isCopy() {
    return value.loaded() == field && !value.compared();
  }

  boolean isReset() {
    return value.isOnly(FlowValue.DEFAULT);
  }

  boolean isWhereEmpty(long fields) {
    return (empty & fields) != 0;
  }

  boolean isComputedFromSelf() {
    return value.mayBe(FlowValue.COMPUTED)
        && (value.fields() != 0 || value.mayBe(FlowValue.OF_SELF | FlowValue.SELF));
  }

  /** Whether the new value depends on the old one, as in a counter. */
  boolean isOwnSuccessor() {
    return (value.fields() & FlowValue.bit(field)) != 0;
  }
}
