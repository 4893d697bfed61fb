package io.github.rediscached.agent.classfile;

/**
 * One place in the code that stores into a field.
 *
 * @param field the field's number
 * @param value what is stored
 * @param onSelf whether the field is one of the object that the method is called on
 * @param empty the fields that are known to hold a constant at this place, a bit for each
 * @param method where it stands
 */
record FieldStore(int field, FlowValue value, boolean onSelf, long empty, StoringMethod method) {

  /** Whether it brings the value that the field has in another object or had before. */
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

  /** Whether the new value depends on the old one, as that of a counter. */
  boolean isOwnSuccessor() {
    return (value.fields() & FlowValue.bit(field)) != 0;
  }
}
