package io.github.rediscached.agent.classfile;

/**
 * What is known of a value in the code of a method: where it may come from.
 *
 * @param kinds what it may be, of the constants here
 * @param fields the fields of the class that it is computed from, a bit for each
 * @param loaded the field that it was loaded from and still is; {@link #NONE} if there is none
 * @param compared whether it is the outcome of comparing that field with a constant
 * @param allocation which {@code new} of the method made it; {@link #NONE} if none did
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

  /** It is, or depends on, an argument of the method. */
  static final int PARAMETER = 16;

  /** An argument as it came. */
  static final int ARGUMENT = 32;

  /** The object that the method is called on. */
  static final int SELF = 64;

  /** It depends on that object. */
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

  /** More than 63 fields share the last bit, so of these more is suspected than is true. */
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

  /** Whether nothing that it is made of came from outside of the code. */
  boolean isIndependent() {
    return fields == 0 && !mayBe(PARAMETER | SELF | OF_SELF);
  }

  private static int dependence(int kinds) {
    int dependence = kinds & (PARAMETER | OF_SELF);
    return (kinds & SELF) == 0 ? dependence : dependence | OF_SELF;
  }

  /** What is computed from this and another value. */
  FlowValue with(FlowValue other) {
    if (isLiteral() && other.isLiteral()) {
      return LITERAL;
    }
    return new FlowValue(
        COMPUTED | dependence(kinds | other.kinds), fields | other.fields, NONE, false, NONE);
  }

  /** This one with other bits set or cleared. */
  FlowValue withBits() {
    return loaded == NONE || compared
        ? with(LITERAL)
        : new FlowValue(COMPUTED | OF_SELF, 0, loaded, true, NONE);
  }

  /** This one after it may have taken another one in. */
  FlowValue holding(FlowValue other) {
    return new FlowValue(
        kinds | dependence(other.kinds), fields | other.fields, loaded, compared, allocation);
  }

  /** This one after it was made with something in it. */
  FlowValue filled() {
    return new FlowValue(kinds | COMPUTED, fields, loaded, compared, allocation);
  }

  /** What it is where two ways meet. */
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
