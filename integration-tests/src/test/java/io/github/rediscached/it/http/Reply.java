package io.github.rediscached.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer of the application.
 *
 * @param headers by names in lower case
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Map<String, List<String>> headers, byte[] body) {

  static Reply of(HttpResponse<byte[]> response) {
    return new Reply(
        response.statusCode(), new TreeMap<>(response.headers().map()), response.body());
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The lines of a header as one; an empty text if there is none. */
  String header(String name) {
    return String.join(", ", headers.getOrDefault(name, List.of()));
  }

  /** What the cache says of itself. */
  String cacheStatus() {
    return header("cache-status");
  }

  boolean isHit() {
    return cacheStatus().startsWith("rediscached; hit");
  }

  /** All but what tells where the answer comes from. */
  String withoutTracesOfTheCache() {
    Map<String, Object> own = new TreeMap<>(headers);
    own.keySet().removeAll(List.of("cache-status", "age", "date", "etag"));
    return status + " " + own + " " + text();
  }

  Reply mustBeHit() {
    assertTrue(isHit(), this::toString);
    return this;
  }

  Reply mustBeForwarded(String reason) {
    assertTrue(cacheStatus().startsWith("rediscached; fwd=" + reason), this::toString);
    return this;
  }

  Reply mustSay(int expectedStatus, String expectedText) {
    assertEquals(expectedText, text(), this::toString);
    assertEquals(expectedStatus, status, this::toString);
    return this;
  }

  @Override
  public String toString() {
    String text = text();
    return status + " " + headers + " " + text.substring(0, Math.min(300, text.length()));
  }
}
