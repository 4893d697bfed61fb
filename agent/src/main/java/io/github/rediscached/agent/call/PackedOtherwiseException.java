package io.github.rediscached.agent.call;

/** The bytes of a value can't be unpacked here. It is a miss. */
final class PackedOtherwiseException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason completes a sentence about the entry, and ends with the remedy; nothing of the
   *     value
   */
  PackedOtherwiseException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
