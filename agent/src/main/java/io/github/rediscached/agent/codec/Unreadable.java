package io.github.rediscached.agent.codec;

/** Ends the reading of an entry, from within any serializer; {@link ValueFormat} catches it. */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final UnreadableValueException.Kind kind;
  private final String reason;

  private Unreadable(UnreadableValueException.Kind kind, String reason) {
    super(null, null, false, false);
    this.kind = kind;
    this.reason = reason;
  }

  static Unreadable corrupt(String reason) {
    return new Unreadable(UnreadableValueException.Kind.CORRUPT, reason);
  }

  /**
   * Elements that were different when they were written may be equal now, and one would be lost.
   */
  static void requireSize(int written, int present) {
    if (written != present) {
      throw corrupt("Elements of a collection are equal that were not when it was written.");
    }
  }

  static Unreadable foreign(String reason) {
    return new Unreadable(UnreadableValueException.Kind.FOREIGN_LAYOUT, reason);
  }

  static Unreadable forbidden(String reason) {
    return new Unreadable(UnreadableValueException.Kind.FORBIDDEN, reason);
  }

  UnreadableValueException toChecked() {
    return new UnreadableValueException(kind, reason, null);
  }
}
