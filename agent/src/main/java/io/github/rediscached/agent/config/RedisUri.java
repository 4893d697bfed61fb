package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.Suggestion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * The rules for {@code redis.uri}, applied when settings are read. They refuse what Lettuce refuses
 * at the connection, and what it takes for something else without a word: a wrong character in a
 * host, port 0, a misspelled parameter.
 */
final class RedisUri {

  private static final List<String> SENTINEL_SCHEMES = List.of("redis-sentinel", "rediss-sentinel");
  private static final List<String> SOCKET_SCHEMES =
      List.of("redis+socket", "redis-socket", "unix");
  static final List<String> SCHEMES =
      List.of(
          "redis",
          "rediss",
          "redis+ssl",
          "redis+tls",
          "redis-sentinel",
          "rediss-sentinel",
          "redis+socket",
          "redis-socket",
          "unix");
  static final List<String> PARAMETERS = List.of("database", "db", "clientName", "verifyPeer");

  private static final String EXAMPLE = "redis://localhost:6379";
  private static final String SENTINEL_EXAMPLE =
      "Write it such as redis-sentinel://sentinel-1:26379,sentinel-2:26379#mymaster.";
  private static final String SOCKET_EXAMPLE =
      "Write it such as redis+socket:///run/redis/redis.sock.";
  private static final String WRITE_EXAMPLE = "Write one such as " + EXAMPLE + ".";

  private RedisUri() {}

  /**
   * Checks a URI.
   *
   * @return the URI
   * @throws IllegalArgumentException if it is not valid; the message completes a sentence that
   *     begins with the setting's name and shows no password
   */
  static String check(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("is empty. " + WRITE_EXAMPLE);
    }
    int start = checkScheme(text);
    int end = endOf(text, start, "/?#");
    int at = text.indexOf('@', start);
    if (at != text.lastIndexOf('@') || at >= end) {
      throw mistake(
          text,
          "has an \"@\" at an unexpected place",
          "In a password write \"@\", \"/\", \"?\" and \"#\" as %40, %2F, %3F and %23.");
    }
    String hosts = text.substring(Math.max(start, at + 1), end);
    if (isSocket(text)) {
      if (!hosts.isEmpty()) {
        throw mistake(text, "has a host before the path of the socket", SOCKET_EXAMPLE);
      }
      if (endOf(text, end + 1, "?#") - end < 2) {
        throw mistake(text, "names no socket", SOCKET_EXAMPLE);
      }
    } else if (isSentinel(text) || hosts.indexOf(',') >= 0) {
      for (String host : hosts.split(",", -1)) {
        checkHostAndPort(text, host);
        checkCharacters(text, host);
      }
    } else {
      checkHostAndPort(text, hosts);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // Its message contains the text, so it is no cause to keep.
      throw mistake(
          text, "is not a URI", "Write one such as " + EXAMPLE + ", special characters as %XX.");
    }
    if (uri.getHost() == null && !isSocket(text) && !isSentinel(text) && !namesSeveral(text)) {
      throw mistake(
          text,
          "has a host or a password with a character that has no place there",
          "Host names consist of letters, digits, \"-\" and \".\"; in a password write special"
              + " characters as %XX.");
    }
    if (isSentinel(text)) {
      if (uri.getFragment() == null || uri.getFragment().isEmpty()) {
        throw mistake(text, "does not name the master", SENTINEL_EXAMPLE);
      }
    } else if (uri.getFragment() != null) {
      throw mistake(text, "has a \"#\"", "Remove it, or write it as %23.");
    }
    if (!isSocket(text) && uri.getPath().length() > 1) {
      checkDatabase(text, uri.getPath().substring(1));
    }
    if (uri.getQuery() != null) {
      checkParameters(text, uri.getQuery());
    }
    return text;
  }

  /**
   * Whether connections are encrypted.
   *
   * @param uri a valid one
   */
  static boolean isTls(String uri) {
    String scheme = uri.substring(0, uri.indexOf("://"));
    return scheme.startsWith("rediss") || scheme.equals("redis+ssl") || scheme.equals("redis+tls");
  }

  /**
   * Whether it names several servers, which are then those of a cluster.
   *
   * @param uri with a known scheme
   */
  static boolean namesSeveral(String uri) {
    int start = uri.indexOf("://") + "://".length();
    String authority = uri.substring(start, endOf(uri, start, "/?#"));
    return !isSentinel(uri) && authority.indexOf(',', authority.indexOf('@') + 1) >= 0;
  }

  /**
   * Whether there is a user or a password.
   *
   * @param uri a valid one
   */
  static boolean hasLogin(String uri) {
    return uri.indexOf('@') >= 0;
  }

  /**
   * Whether it names Sentinels, which know where Redis is.
   *
   * @param uri with a known scheme
   */
  static boolean isSentinel(String uri) {
    return SENTINEL_SCHEMES.contains(uri.substring(0, uri.indexOf("://")));
  }

  private static boolean isSocket(String uri) {
    return SOCKET_SCHEMES.contains(uri.substring(0, uri.indexOf("://")));
  }

  /** Returns where the user or the host begins. */
  private static int checkScheme(String text) {
    int end = text.indexOf("://");
    if (end < 0) {
      String scheme = text.substring(0, endOf(text, 0, ":"));
      throw mistake(
          text,
          SCHEMES.contains(scheme) && !scheme.equals(text)
              ? "has no \"//\" after \"" + scheme + ":\""
              : "has no scheme",
          WRITE_EXAMPLE);
    }
    String scheme = text.substring(0, end);
    if (!SCHEMES.contains(scheme)) {
      String nearest = Suggestion.nearest(scheme, SCHEMES);
      throw mistake(
          text,
          "has an unknown scheme",
          nearest == null
              ? "Write redis://, or rediss:// for TLS."
              : "Did you mean " + nearest + "://?");
    }
    return end + "://".length();
  }

  private static void checkHostAndPort(String text, String hostAndPort) {
    if (hostAndPort.indexOf(',') >= 0) {
      throw mistake(
          text,
          "names several hosts, but this version supports one",
          "For Sentinels write redis-sentinel:// and, at the end, # and the name of the master.");
    }
    int colon = hostAndPort.lastIndexOf(':');
    if (hostAndPort.isEmpty() || colon == 0) {
      throw mistake(text, "names no host", WRITE_EXAMPLE);
    }
    if (colon > hostAndPort.lastIndexOf(']')) {
      String port = hostAndPort.substring(colon + 1);
      if (!isNumber(port) || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
        throw mistake(text, "has a port that is not from 1 to 65535", "Redis's own port is 6379.");
      }
    }
  }

  /** Of one host of several, which {@link URI} does not look at. */
  private static void checkCharacters(String text, String hostAndPort) {
    for (int i = 0; i < hostAndPort.length(); i++) {
      char c = hostAndPort.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !ValueReader.isDigit(c) && ":.-_".indexOf(c) < 0) {
        throw mistake(
            text,
            "has a host with a character that has no place there",
            "Host names consist of letters, digits, \"-\" and \".\".");
      }
    }
  }

  private static void checkDatabase(String text, String database) {
    if (!isNumber(database)) {
      throw mistake(
          text,
          "has a database that is not a number",
          "Write it such as " + EXAMPLE + "/0, or leave it out.");
    }
  }

  private static void checkParameters(String text, String query) {
    for (String parameter : query.split("[&;]", -1)) {
      if (!parameter.isEmpty()) {
        String[] parts = parameter.split("=", 2);
        checkParameter(text, parts[0], parts.length == 2 ? parts[1] : "");
      }
    }
  }

  private static void checkParameter(String text, String name, String value) {
    switch (name) {
      case "database", "db" -> checkDatabase(text, value);
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
        // A name that resembles no parameter may be a part of a password.
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

  /** Whether it is a number that fits an int for sure. */
  private static boolean isNumber(String digits) {
    return isDigits(digits) && !digits.isEmpty() && digits.length() <= 9;
  }

  /** Whether all characters are ASCII digits. */
  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!ValueReader.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The next of some characters, else the end. */
  static int endOf(String text, int start, String characters) {
    int end = start;
    while (end < text.length() && characters.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static IllegalArgumentException mistake(String text, String what, String remedy) {
    return new IllegalArgumentException(
        "is \"" + RedactedUri.of(text) + "\", which " + what + ". " + remedy);
  }
}
