package io.github.rediscached.agent.classfile;

/**
 * A value in the code of a method, as {@link MethodFlow} knows it: the places that it may come
 * from.
 *
 * @param kinds the possible origins, of the constants here
 * @param fields the fields of the class that it is computed from, a bit for each
 * @param loaded the field whose value it is, unchanged; {@link #NONE} if it is no such value
 * @param compared whether it is the result of a comparison of that field with a constant
 * @param allocation the number of the {@code new} that made it; {@link #NONE} if none did
 */
record FlowValue(int kinds, long fields, int loaded, boolean compared, int allocation) {

  static final int NONE = -1;

  /** Null, zero or false. */
  static final int DEFAULT = 1;

  /** Any other literal. */
  static final int CONSTANT = 2;

  /** Made by {@code new}. */
  static final int FRESH = 4;

  /** Anything else, such as the result of a call. */
  static final int COMPUTED = 8;

  /** An argument of the method, or a value that depends on one. */
  static final int PARAMETER = 16;

  /** An argument, unchanged. */
  static final int ARGUMENT = 32;

  /** The object that the method is called on. */
  static final int SELF = 64;

  /** A value that depends on that object. */
  static final int OF_SELF = 128;

  static final FlowValue ZERO = of(DEFAULT);
  static final FlowValue LITERAL = of(CONSTANT);
  static final FlowValue RESULT = of(COMPUTED);
  static final FlowValue THIS = of(SELF);
  static final FlowValue GIVEN = of(COMPUTED | PARAMETER | ARGUMENT);

  private static FlowValue of(int kinds) {
    return new FlowValue(kinds, 0, NONE, false, NONE);
  }

  static FlowValue made(int allocation) {
    return new FlowValue(FRESH, 0, NONE, false, allocation);
  }

  /** The value of a field, of this object or another one. */
  static FlowValue loaded(int field, FlowValue from) {
    return new FlowValue(COMPUTED | dependence(from.kinds), bit(field), field, false, NONE);
  }

  static FlowValue comparison(int field) {
    return new FlowValue(COMPUTED | OF_SELF, bit(field), field, true, NONE);
  }

  /** The bit of a field. All fields from the 64th on share the last bit, which is the safe side. */
  static long bit(int field) {
    return 1L << Math.min(field, Long.SIZE - 1);
  }

  boolean mayBe(int kind) {
    return (kinds & kind) != 0;
  }

  boolean isOnly(int someKinds) {
    return (kinds & ~someKinds) == 0;
  }

  boolean isLiteral() {
    return isOnly(DEFAULT | CONSTANT);
  }

  /** Whether it depends on no argument, no field and no object. */
  boolean isIndependent() {
    return fields == 0 && !mayBe(PARAMETER | SELF | OF_SELF);
  }

  private static int dependence(int kinds) {
    int dependence = kinds & (PARAMETER | OF_SELF);
    return (kinds & SELF) == 0 ? dependence : dependence | OF_SELF;
  }

  /** A value that is computed from this and another one. */
  FlowValue with(FlowValue other) {
    if (isLiteral() && other.isLiteral()) {
      return LITERAL;
    }
    return new FlowValue(
        COMPUTED | dependence(kinds | other.kinds), fields | other.fields, NONE, false, NONE);
  }

  /** This value with some bits set or cleared. */
  FlowValue withBits() {
    return loaded == NONE || compared
        ? with(LITERAL)
        : new FlowValue(COMPUTED | OF_SELF, 0, loaded, true, NONE);
  }

  /** This object after it may have stored a reference to another value. */
  FlowValue holding(FlowValue other) {
    return new FlowValue(
        kinds | dependence(other.kinds), fields | other.fields, loaded, compared, allocation);
  }

  /** This object if it was made with some content. */
  FlowValue filled() {
    return new FlowValue(kinds | COMPUTED, fields, loaded, compared, allocation);
  }

  /** This value merged with that of another way to the same place. */
  FlowValue or(FlowValue other) {
    if (equals(other)) {
      return this;
    }
    boolean sameField = loaded == other.loaded && compared == other.compared;
    return new FlowValue(
        kinds | other.kinds,
        fields | other.fields,
        sameField ? loaded : NONE,
        sameField && compared,
        allocation == other.allocation ? allocation : NONE);
  }
}
