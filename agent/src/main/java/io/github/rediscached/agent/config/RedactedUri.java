package io.github.rediscached.agent.config;

/**
 * A URI for messages, without its secrets. It may be misspelled, so its parts are not known for
 * sure: what may be a user, a password or a parameter's value is replaced by {@code ***}.
 */
final class RedactedUri {

  private static final String HIDDEN = "***";

  private RedactedUri() {}

  /** Redacts a text that is meant as a URI. */
  static String of(String text) {
    int scheme = text.indexOf("://");
    int at = text.lastIndexOf('@');
    int start = scheme < 0 || (at >= 0 && scheme > at) ? 0 : scheme + "://".length();
    if (scheme < 0 && at < 0) {
      start = endOfScheme(text);
    }
    String shown = text.substring(0, start);
    if (at >= 0) {
      shown += HIDDEN;
      if (RedisUri.endOf(text, start, "?#") < at) {
        // A part of a password, or of a parameter.
        return shown;
      }
      shown += '@';
      start = at + 1;
    }
    int end = RedisUri.endOf(text, start, "/?#");
    int tail = RedisUri.endOf(text, end, "?#");
    String hosts = text.substring(start, end);
    return shown
        + (scheme < 0 && at < 0 ? hostAndPort(hosts) : hosts(hosts))
        + text.substring(end, tail)
        + tail(text, tail);
  }

  /**
   * Redacts a message about a value that may be a URI in a wrong place.
   *
   * @param value the message may quote it
   */
  static String within(String message, String value) {
    return value.contains("://") ? message.replace(value, of(value)) : message;
  }

  /** All or nothing: a password may stand on either side of a colon. */
  private static String hosts(String hosts) {
    for (String host : hosts.split(",", -1)) {
      int bracket = host.startsWith("[") ? host.lastIndexOf(']') : 0;
      int colon = bracket < 0 ? -1 : host.indexOf(':', bracket);
      if (colon >= 0 && !RedisUri.isDigits(host.substring(colon + 1))) {
        return HIDDEN;
      }
    }
    return hosts;
  }

  /** Without a scheme the text may be no URI: the beginning that looks like a host and a port. */
  private static String hostAndPort(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length == 1) {
      return text;
    }
    if (!RedisUri.isDigits(parts[1])) {
      return parts[0] + ':' + HIDDEN;
    }
    return parts.length == 2 ? text : parts[0] + ':' + parts[1] + ':' + HIDDEN;
  }

  /** Parameters and fragment: the names that are known. */
  private static String tail(String text, int start) {
    StringBuilder shown = new StringBuilder();
    int end;
    for (int at = start; at < text.length(); at = end) {
      boolean fragment = text.charAt(at) == '#';
      end = fragment ? text.length() : RedisUri.endOf(text, at + 1, "&;#");
      String part = text.substring(at + 1, end);
      String name = part.split("=", 2)[0];
      shown.append(text.charAt(at));
      if (fragment && isName(part) && text.contains("-sentinel://")) {
        shown.append(part);
      } else if (!fragment && RedisUri.PARAMETERS.contains(name)) {
        shown.append(name).append(name.equals(part) ? "" : "=" + HIDDEN);
      } else if (!part.isEmpty()) {
        shown.append(HIDDEN);
      }
    }
    return shown.toString();
  }

  /** Whether it looks like the name of a master. */
  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && ".-_".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int endOfScheme(String text) {
    int colon = text.indexOf(':');
    return colon >= 0 && RedisUri.SCHEMES.contains(text.substring(0, colon)) ? colon + 1 : 0;
  }
}
