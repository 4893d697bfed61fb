package io.github.rediscached.agent.config;

/** Collects the mistakes in all places, so that the user sees all of them at once. */
final class Problems {

  private static final int MAX_LISTED = 100;
  private static final int MAX_LENGTH = 1_700;

  private final StringBuilder list = new StringBuilder();
  private int count;

  /**
   * @param message without the password of a URI; may contain any other text of the user
   */
  void add(Place place, String message) {
    count++;
    if (count <= MAX_LISTED) {
      if (count > 1) {
        list.append('\n');
      }
      list.append(place).append(": ");
      appendInOneLine(message);
    }
  }

  void throwIfAny() throws SettingsException {
    if (count > MAX_LISTED) {
      list.append("\nand ").append(count - MAX_LISTED).append(" more");
    }
    if (count > 0) {
      throw new SettingsException(list.toString());
    }
  }

  /** Values may be huge or contain control characters, so only begin and end are shown. */
  private void appendInOneLine(String message) {
    boolean tooLong = message.length() > MAX_LENGTH;
    for (int i = 0; i < message.length(); i++) {
      if (tooLong && i == MAX_LENGTH / 2) {
        list.append("...");
        i = message.length() - MAX_LENGTH / 2;
      }
      char c = message.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        list.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\u").append(hex(c));
      } else {
        list.append(c);
      }
    }
  }

  private static String hex(char c) {
    return c == '\n' || c == '\t' ? "" : Integer.toHexString(0x10000 + c).substring(1);
  }
}
