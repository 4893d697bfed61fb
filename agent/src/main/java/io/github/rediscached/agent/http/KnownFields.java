package io.github.rediscached.agent.http;

import java.util.Set;

/**
 * What request header fields mean to a cache. A field that a handler reads is one of three kinds:
 * it makes no difference to the response, it selects among responses as {@code Vary} would, or it
 * is personal. All names are in lower case.
 */
final class KnownFields {

  /** Those that the cache, the container or the connection deals with. */
  private static final Set<String> NEUTRAL =
      Set.of(
          "cache-control",
          "pragma",
          "if-none-match",
          "if-modified-since",
          "if-match",
          "if-unmodified-since",
          "if-range",
          "range",
          "host",
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect",
          "content-length",
          "date",
          "via",
          "max-forwards",
          "priority",
          "upgrade-insecure-requests");

  /** Those that tracing adds. */
  private static final Set<String> TRACING =
      Set.of(
          "traceparent",
          "tracestate",
          "b3",
          "x-b3-traceid",
          "x-b3-spanid",
          "x-b3-parentspanid",
          "x-b3-sampled",
          "x-b3-flags",
          "x-request-id",
          "x-correlation-id",
          "x-amzn-trace-id",
          "x-cloud-trace-context",
          "sentry-trace",
          "baggage",
          "newrelic",
          "uber-trace-id");

  /** Those by which content is negotiated. */
  private static final Set<String> NEGOTIATING =
      Set.of(
          "content-type", "user-agent", "origin", "dnt", "save-data", "x-requested-with", "prefer");

  private KnownFields() {}

  static boolean isNeutral(String name) {
    return NEUTRAL.contains(name) || TRACING.contains(name);
  }

  /** Whether it makes no difference unless a handler repeats it in the answer. */
  static boolean isTracing(String name) {
    return TRACING.contains(name);
  }

  static boolean isNegotiating(String name) {
    return name.startsWith("accept") || name.startsWith("sec-") || NEGOTIATING.contains(name);
  }

  /** Whether a cookie of this name, in lower case, may say who asks. */
  static boolean isCredentialCookie(String name) {
    return isCredential(name)
        || name.endsWith("sid")
        || name.contains("sess")
        || name.contains("remember")
        || name.contains("login");
  }

  /** Whether its value is a secret, which may stand in a key as a digest only. */
  static boolean isSecret(String name) {
    return name.equals("authorization") || name.equals("cookie") || isCredential(name);
  }

  /** Whether it says who asks, so that the answer may be for one client only. */
  static boolean isCredential(String name) {
    if (name.equals("authorization") || name.equals("cookie") || name.startsWith("sec-")) {
      return false; // Each with rules of its own.
    }
    return name.contains("auth")
        || name.contains("token")
        || name.contains("secret")
        || name.contains("api-key")
        || name.contains("apikey")
        || name.contains("subscription-key")
        || name.contains("session")
        || name.contains("jwt")
        || name.contains("client-cert")
        || name.contains("principal")
        || name.contains("oidc")
        || name.contains("tenant")
        || name.contains("account")
        || (name.contains("user") && !name.equals("user-agent"));
  }
}
