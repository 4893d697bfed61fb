package com.acme.shop.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address of a database, as JDBC wants it.
 *
 * @param jdbcUrl begins with {@code jdbc:}
 * @param user null: in {@code jdbcUrl}, or none
 * @param password null: in {@code jdbcUrl}, or none
 */
record DatabaseUrl(String jdbcUrl, @Nullable String user, @Nullable String password) {

  /**
   * H2 would keep each connection's last result of a query and give it again while no row changes.
   * In a shop that sells all the time it never could, and no other database does.
   */
  private static final DatabaseUrl EMBEDDED =
      new DatabaseUrl("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;OPTIMIZE_REUSE_RESULTS=FALSE", "sa", "");

  private static final Pattern SCHEME = Pattern.compile("postgres(ql)?://");

  /**
   * Reads a setting.
   *
   * @param text a JDBC URL, which is taken as it is, or {@code
   *     postgres://user:password@host:port/database?options}, of which user and password may be
   *     percent-encoded; blank means an H2 database in memory
   * @throws IllegalArgumentException if it is something else; the message has no password in it
   */
  static DatabaseUrl parse(String text) {
    String url = text.strip();
    if (url.isEmpty()) {
      return EMBEDDED;
    }
    if (url.startsWith("jdbc:")) {
      return new DatabaseUrl(url, null, null);
    }
    var scheme = SCHEME.matcher(url);
    if (!scheme.lookingAt()) {
      throw malformed("is neither a JDBC URL nor one of PostgreSQL");
    }
    String rest = url.substring(scheme.end());
    int pathAt = rest.indexOf('/');
    if (pathAt < 0 || pathAt + 1 == rest.length() || rest.charAt(pathAt + 1) == '?') {
      throw malformed("names no database");
    }
    String authority = rest.substring(0, pathAt);
    int hostAt = authority.lastIndexOf('@') + 1;
    if (hostAt == authority.length()) {
      throw malformed("names no host");
    }
    String jdbcUrl = "jdbc:postgresql://" + authority.substring(hostAt) + rest.substring(pathAt);
    if (hostAt == 0) {
      return new DatabaseUrl(jdbcUrl, null, null);
    }
    String credentials = authority.substring(0, hostAt - 1);
    int colonAt = credentials.indexOf(':');
    return colonAt < 0
        ? new DatabaseUrl(jdbcUrl, decode(credentials), null)
        : new DatabaseUrl(
            jdbcUrl,
            decode(credentials.substring(0, colonAt)),
            decode(credentials.substring(colonAt + 1)));
  }

  /** A plus is a plus here, unlike in a form. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException quotesThePassword) {
      throw malformed("has a % in its user or password that is not followed by two hex digits");
    }
  }

  private static IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException(
        "DATABASE_URL "
            + what
            + ". Write jdbc:postgresql://host/database or"
            + " postgres://user:password@host:5432/database, with characters such as @, / and % in"
            + " the password percent-encoded; leave it empty for a database in memory.");
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    int optionsAt = jdbcUrl.indexOf('?');
    return optionsAt < 0 ? jdbcUrl : jdbcUrl.substring(0, optionsAt);
  }
}
