package io.github.rediscached.agent.http;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stored response as the answer to a request: whole, a part of it ({@code Range}), or only
 * that it has not changed (304). Fields that filters have set stay where the handler has added to
 * them.
 */
final class Answer {

  /** The fields of a response that says only that nothing has changed (RFC 9110, 15.4.5). */
  private static final List<String> NOT_MODIFIED =
      List.of("Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Vary");

  private Answer() {}

  /**
   * @param cacheStatus as the field says it; null if it is not told
   */
  static void write(
      StoredResponse response,
      RequestView request,
      ResponseSink sink,
      long nowMillis,
      @Nullable String cacheStatus)
      throws IOException {
    if (isUnchanged(response, request)) {
      sink.status(Statuses.NOT_MODIFIED);
      head(response, sink, nowMillis, cacheStatus, true);
      return;
    }
    ByteRange range = range(response, request);
    if (range != null && range.isUnsatisfiable()) {
      sink.status(416);
      sink.set("Content-Range", ByteRange.unsatisfied(response.body().length));
      if (cacheStatus != null) {
        sink.add("Cache-Status", cacheStatus);
      }
      return;
    }
    byte[] body = response.body();
    sink.status(range == null ? response.status() : Statuses.PARTIAL);
    head(response, sink, nowMillis, cacheStatus, false);
    if (range != null) {
      int length = (int) (range.last() - range.first() + 1);
      sink.set("Content-Range", range.contentRange(body.length));
      sink.set("Content-Length", Integer.toString(length));
      sink.write(body, (int) range.first(), length, null);
    } else if (body.length > 0) {
      sink.write(body, 0, body.length, response.charset());
    }
  }

  private static void head(
      StoredResponse response,
      ResponseSink sink,
      long nowMillis,
      @Nullable String cacheStatus,
      boolean unchanged) {
    String[] lines = response.lines();
    boolean[] replacing = response.replacing();
    for (int i = 0; i < replacing.length; i++) {
      String name = lines[2 * i];
      if (unchanged && !isOfUnchanged(name)) {
        continue;
      }
      if (replacing[i]) {
        sink.set(name, lines[2 * i + 1]);
      } else {
        sink.add(name, lines[2 * i + 1]);
      }
    }
    sink.set("Age", Long.toString(response.ageMillis(nowMillis) / 1_000));
    if (cacheStatus != null) {
      sink.add("Cache-Status", cacheStatus);
    }
  }

  private static boolean isOfUnchanged(String name) {
    for (String each : NOT_MODIFIED) {
      if (each.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** By the conditions of the request (RFC 9110, 13.2.2). */
  static boolean isUnchanged(StoredResponse response, RequestView request) {
    if (response.status() != 200) {
      return false;
    }
    List<String> tags = request.fields("If-None-Match");
    if (!tags.isEmpty()) {
      String own = response.field("ETag");
      return own == null ? tags.contains("*") : EntityTags.matches(tags, own);
    }
    List<String> since = request.fields("If-Modified-Since");
    if (since.size() != 1) {
      return false;
    }
    long asked = HttpDate.parse(since.get(0));
    String modified = response.field("Last-Modified");
    // Without one, it was no later than when it was made.
    long changed =
        modified == null ? response.bornMillis() / 1_000 * 1_000 : HttpDate.parse(modified);
    return asked != HttpDate.NONE && changed != HttpDate.NONE && changed <= asked;
  }

  private static @Nullable ByteRange range(StoredResponse response, RequestView request) {
    List<String> ranges = request.fields("Range");
    if (ranges.size() != 1 || response.status() != 200 || !request.method().equals("GET")) {
      return null;
    }
    List<String> condition = request.fields("If-Range");
    if (!condition.isEmpty() && !isSame(response, condition.get(0))) {
      return null;
    }
    return ByteRange.parse(ranges.get(0), response.body().length);
  }

  private static boolean isSame(StoredResponse response, String condition) {
    String tag = response.field("ETag");
    String modified = response.field("Last-Modified");
    return (tag != null && EntityTags.strongly(condition, tag)) || condition.equals(modified);
  }
}
