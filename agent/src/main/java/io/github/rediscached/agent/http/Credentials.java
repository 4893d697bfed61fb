package io.github.rediscached.agent.http;

import io.github.rediscached.agent.plan.HttpOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: the part of a route's key that tells users apart, and the reason why a request is not
 * looked up because it may be of a user that the key does not tell.
 */
final class Credentials {

  private static final SeenNames CREDENTIALS = new SeenNames(KnownFields::isCredential);
  private static final SeenNames CREDENTIAL_COOKIES =
      new SeenNames(KnownFields::isCredentialCookie);

  private final boolean principal;
  private final boolean session;
  private final boolean hasKey;
  private final List<String> fields = new ArrayList<>();
  private final List<String> cookies = new ArrayList<>();
  private final Set<String> keyed = new HashSet<>();

  Credentials(HttpOptions options) {
    this.principal = options.key().contains("principal");
    this.session = options.key().contains("session");
    this.hasKey = !options.key().isEmpty();
    for (String part : options.key()) {
      if (part.startsWith("header:")) {
        fields.add(part.substring("header:".length()));
      } else if (part.startsWith("cookie:")) {
        cookies.add(part.substring("cookie:".length()));
      }
    }
    for (String name : options.vary()) {
      fields.add(name);
    }
    for (String name : fields) {
      keyed.add(name.toLowerCase(Locale.ROOT));
    }
  }

  /** Whether the key has a header field of this name, in lower case. */
  boolean hasField(String name) {
    return keyed.contains(name);
  }

  /** Whether the rule says who asks, so that it has thought of users. */
  boolean hasKey() {
    return hasKey;
  }

  boolean hasSession() {
    return session;
  }

  boolean hasPrincipal() {
    return principal;
  }

  /** The cookies that the key tells apart; handlers see no others. */
  List<String> cookies() {
    return cookies;
  }

  /** Why a request is not looked up, as a word for {@code Cache-Status}; null if it is. */
  @Nullable String refusal(RequestView request) {
    String itsSession = request.session();
    if (!principal && request.principal() != null && (!session || itsSession == null)) {
      return "principal";
    }
    if (!session && !principal && itsSession != null) {
      return "session";
    }
    for (String name : request.fieldNames()) {
      if (CREDENTIALS.has(name)) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!keyed.contains(lower)) {
          return "header-" + lower;
        }
      }
    }
    return session || principal ? null : cookieRefusal(request);
  }

  private @Nullable String cookieRefusal(RequestView request) {
    for (String name : request.cookieNames()) {
      if (CREDENTIAL_COOKIES.has(name) && !cookies.contains(name) && !keyed.contains("cookie")) {
        return "cookie-" + name.toLowerCase(Locale.ROOT);
      }
    }
    return null;
  }

  /** Whether a request brings {@code Authorization} that the key does not tell. */
  boolean isAuthorized(RequestView request) {
    return (!principal || request.principal() == null)
        && !keyed.contains("authorization")
        && !request.fields("Authorization").isEmpty();
  }

  /** What tells users apart, behind the rest of the key. */
  void addTo(StringBuilder key, RequestView request) {
    if (principal) {
      add(key, "principal", request.principal());
    }
    if (session) {
      add(key, "session", request.session());
    }
    for (String name : fields) {
      List<String> lines = request.fields(name);
      add(key, name.toLowerCase(Locale.ROOT), lines.isEmpty() ? null : Vary.canonical(lines));
    }
    for (String name : cookies) {
      add(key, "cookie:" + name, request.cookie(name));
    }
  }

  /** As a digest: keys are read by people, and one of fixed length can't pretend to be two. */
  private static void add(StringBuilder key, String name, @Nullable String value) {
    key.append('\n').append(name);
    if (value != null) {
      key.append('=').append(Digest.of(value));
    }
  }
}
