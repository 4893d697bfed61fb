package io.github.rediscached.agent.http;

import org.jspecify.annotations.Nullable;

/**
 * The tag that all responses for a path and query have, whatever else tells them apart: an unsafe
 * request there invalidates it (RFC 9111, 4.4). The host does not count, since an application may
 * have several names.
 */
final class UriTag {

  private static final int LONGEST = 200;

  private UriTag() {}

  static String of(String path, @Nullable String query) {
    String uri = query == null ? path : path + '?' + query;
    return "uri " + (uri.length() <= LONGEST ? uri : Digest.of(uri));
  }
}
