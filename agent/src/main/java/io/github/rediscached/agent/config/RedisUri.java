package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.Suggestion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for {@code redis.uri}: what Lettuce reads, and nothing that it would quietly read as
 * something else (an unknown host character, port 0, a misspelled parameter).
 */
final class RedisUri {

  private static final String EXAMPLE = "redis://localhost:6379";
  private static final List<String> SCHEMES = List.of("redis", "rediss", "redis+ssl", "redis+tls");
  private static final List<String> LATER_SCHEMES =
      List.of("redis-sentinel", "rediss-sentinel", "redis-socket", "redis+socket", "unix");
  private static final List<String> PARAMETERS =
      List.of("database", "db", "clientName", "verifyPeer");

  private RedisUri() {}

  /**
   * Checks a URI.
   *
   * @return the URI
   * @throws IllegalArgumentException if it is not valid; the message completes a sentence that
   *     begins with the setting's name and shows no password
   */
  static String check(String text) {
    int authorityAt = checkScheme(text);
    int authorityEnd = endOfAuthority(text, authorityAt);
    String authority = text.substring(authorityAt, authorityEnd);
    int at = authority.lastIndexOf('@');
    if (text.indexOf('@', authorityEnd) >= 0 || authority.indexOf('@') != at) {
      throw mistake(
          text,
          "has an \"@\" at an unexpected place",
          "In a password write \"@\", \"/\", \"?\" and \"#\" as %40, %2F, %3F and %23.");
    }
    checkHostAndPort(text, authority.substring(at + 1));
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // Its message contains the text: not a cause to keep.
      throw mistake(
          text, "is not a URI", "Write one such as " + EXAMPLE + ", special characters as %XX.");
    }
    if (uri.getHost() == null) {
      throw mistake(
          text,
          "has a host or a password with a character that has no place there",
          "Host names consist of letters, digits, \"-\" and \".\"; in a password write special"
              + " characters as %XX.");
    }
    if (uri.getFragment() != null) {
      throw mistake(text, "has a \"#\"", "Remove it, or write it as %23.");
    }
    checkDatabase(text, uri.getPath().startsWith("/") ? uri.getPath().substring(1) : "");
    checkParameters(text, uri.getQuery());
    return text;
  }

  /** Returns where the authority begins. */
  private static int checkScheme(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("is empty. Write one such as " + EXAMPLE + ".");
    }
    int end = text.indexOf("://");
    if (end < 0) {
      int colon = text.indexOf(':');
      boolean scheme = colon >= 0 && SCHEMES.contains(text.substring(0, colon));
      throw mistake(
          text,
          scheme ? "has no \"//\" after \"" + text.substring(0, colon) + ":\"" : "has no scheme",
          "Write one such as " + EXAMPLE + ".");
    }
    String scheme = text.substring(0, end);
    if (LATER_SCHEMES.contains(scheme)) {
      throw mistake(
          text,
          "has a scheme that is not supported by this version",
          "Write one such as " + EXAMPLE + ".");
    }
    if (!SCHEMES.contains(scheme)) {
      String nearest = Suggestion.nearest(scheme, SCHEMES);
      throw mistake(
          text,
          "has an unknown scheme",
          nearest == null
              ? "Write redis://, or rediss:// for TLS."
              : "Did you mean " + nearest + "://?");
    }
    return end + 3;
  }

  private static void checkHostAndPort(String text, String hostAndPort) {
    if (hostAndPort.indexOf(',') >= 0) {
      throw mistake(
          text,
          "names several hosts, but this version supports one",
          "Write it such as " + EXAMPLE + ".");
    }
    int colon = hostAndPort.lastIndexOf(':');
    if (colon < hostAndPort.lastIndexOf(']')) {
      colon = -1;
    }
    if (hostAndPort.isEmpty() || colon == 0) {
      throw mistake(text, "names no host", "Write one such as " + EXAMPLE + ".");
    }
    if (colon >= 0) {
      String port = hostAndPort.substring(colon + 1);
      long number = parseNumber(port);
      if (number < 1 || number > 65535) {
        throw mistake(text, "has a port that is not from 1 to 65535", "Redis's own port is 6379.");
      }
    }
  }

  private static void checkDatabase(String text, String database) {
    if (!database.isEmpty() && parseNumber(database) < 0) {
      throw mistake(
          text,
          "has a database that is not a number",
          "Write it such as " + EXAMPLE + "/0, or leave it out.");
    }
  }

  private static void checkParameters(String text, @Nullable String query) {
    int start = 0;
    while (query != null && start <= query.length()) {
      int end = start;
      while (end < query.length() && query.charAt(end) != '&' && query.charAt(end) != ';') {
        end++;
      }
      if (end > start) {
        checkParameter(text, query.substring(start, end));
      }
      start = end + 1;
    }
  }

  private static void checkParameter(String text, String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    String value = equals < 0 ? "" : parameter.substring(equals + 1);
    switch (name) {
      case "database", "db" -> {
        if (parseNumber(value) < 0) {
          checkDatabase(text, "none");
        }
      }
      case "clientName" -> {
        for (int i = 0; i < value.length(); i++) {
          if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
            throw mistake(
                text,
                "has a client name that Redis does not accept",
                "Write it in ASCII letters, without spaces.");
          }
        }
      }
      case "verifyPeer" -> {
        if (!value.equals("FULL") && !value.equals("CA") && !value.equals("NONE")) {
          throw mistake(text, "has an unknown value of verifyPeer", "Write FULL, CA or NONE.");
        }
      }
      case "timeout" ->
          throw mistake(text, "has a timeout", "Write it as the setting redis.timeout.");
      default -> {
        String nearest = Suggestion.nearest(name, PARAMETERS);
        // What resembles no parameter may be a part of a password.
        throw nearest == null
            ? mistake(
                text,
                "has an unknown parameter",
                "Known are database, clientName and verifyPeer; a password stands before the host,"
                    + " such as redis://:password@localhost:6379.")
            : mistake(
                text,
                "has the unknown parameter \"" + name + "\"",
                "Did you mean " + nearest + "?");
      }
    }
  }

  /** A number of ASCII digits that fits an int, else -1. */
  private static long parseNumber(String digits) {
    if (!isNumber(digits) || digits.length() > 9) {
      return -1;
    }
    return Long.parseLong(digits);
  }

  private static boolean isNumber(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return false;
      }
    }
    return !digits.isEmpty();
  }

  private static int endOfAuthority(String text, int start) {
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static IllegalArgumentException mistake(String text, String what, String remedy) {
    return new IllegalArgumentException(
        "is \"" + redacted(text) + "\", which " + what + ". " + remedy);
  }

  /**
   * A URI without what may be a secret, also a misspelled one: neither user nor password, nor what
   * stands in the place of a port and is none, nor the values of parameters.
   */
  static String redacted(String text) {
    int scheme = text.indexOf("://");
    int at = text.lastIndexOf('@');
    if (at >= 0) {
      int start = scheme < 0 || scheme > at ? 0 : scheme + 3;
      String shown = text.substring(0, start).concat("***");
      // A password with a "?" or "#" in it, or a parameter with an "@"? Nobody knows.
      return startOfTail(text, start) < at ? shown : shown + '@' + hostsToTail(text, at + 1, true);
    }
    int start = scheme < 0 ? schemeWithoutSlashes(text) : scheme + 3;
    return text.substring(0, start) + hostsToTail(text, start, scheme >= 0);
  }

  private static String hostsToTail(String text, int start, boolean uri) {
    int end = endOfAuthority(text, start);
    int tail = startOfTail(text, end);
    String hosts = text.substring(start, end);
    return (uri ? hostsAndPorts(hosts) : hostAndPort(hosts))
        + text.substring(end, tail)
        + tail(text, tail);
  }

  /** Where parameters or a fragment begin, else the end. */
  private static int startOfTail(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '#') {
      end++;
    }
    return end;
  }

  /** Parameters and fragment: the names that are known. */
  private static String tail(String text, int start) {
    StringBuilder shown = new StringBuilder();
    int done = start;
    while (done < text.length()) {
      char before = text.charAt(done);
      int end = done + 1;
      while (end < text.length() && (before == '#' || "&;#".indexOf(text.charAt(end)) < 0)) {
        end++;
      }
      String part = text.substring(done + 1, end);
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      shown.append(before);
      if (before != '#' && PARAMETERS.contains(name)) {
        shown.append(name).append(equals < 0 ? "" : "=***");
      } else if (!part.isEmpty()) {
        shown.append("***");
      }
      done = end;
    }
    return shown.toString();
  }

  private static int schemeWithoutSlashes(String text) {
    int colon = text.indexOf(':');
    return colon >= 0 && SCHEMES.contains(text.substring(0, colon)) ? colon + 1 : 0;
  }

  /** Where no scheme says what it is: all but what follows a host, or a host and a port. */
  private static String hostAndPort(String text) {
    int colon = text.indexOf(':');
    int second = text.indexOf(':', colon + 1);
    if (colon < 0) {
      return text;
    }
    String port = text.substring(colon + 1, second < 0 ? text.length() : second);
    if (!port.isEmpty() && !isNumber(port)) {
      return text.substring(0, colon + 1).concat("***");
    }
    return second < 0 ? text : text.substring(0, second + 1).concat("***");
  }

  /** All or nothing, since a password may stand on either side of a colon. */
  private static String hostsAndPorts(String authority) {
    int start = 0;
    while (start <= authority.length()) {
      int comma = authority.indexOf(',', start);
      int end = comma < 0 ? authority.length() : comma;
      int bracket = authority.startsWith("[", start) ? authority.lastIndexOf(']', end) : start;
      int colon = bracket < start ? -1 : authority.indexOf(':', bracket);
      if (colon >= 0 && colon < end) {
        String port = authority.substring(colon + 1, end);
        if (!port.isEmpty() && !isNumber(port)) {
          return "***";
        }
      }
      start = end + 1;
    }
    return authority;
  }

  /**
   * Any message without the password of a URI that was written in a wrong place.
   *
   * @param value the value that the message may quote
   */
  static String redacted(String message, String value) {
    return value.contains("://") ? message.replace(value, redacted(value)) : message;
  }
}
