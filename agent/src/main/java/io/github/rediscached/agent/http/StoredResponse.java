package io.github.rediscached.agent.http;

import io.github.rediscached.agent.call.Lifetimes;
import org.jspecify.annotations.Nullable;

/**
 * A response as it is in memory and in Redis. It is never changed, so all requests share it.
 *
 * @param lines its header fields, as name and value by turns
 * @param replacing for each field whether it takes the place of what filters have set
 * @param charset of a body that was written as text; null if it was written as bytes
 * @param selecting the names of what in a request has selected it (RFC 9111, 4.1), and the values
 *     there, by turns; null where there was none
 * @param bornMillis when its age was 0, in milliseconds since 1970 by the clock of Redis
 * @param lifetimeMillis at which age it is stale
 * @param freshMillis how long it was fresh when it was stored
 * @param staleMillis how long it is kept after that
 * @param terms what its directives say
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would cost every hit.
record StoredResponse(
    int status,
    String[] lines,
    boolean[] replacing,
    byte[] body,
    @Nullable String charset,
    @Nullable String[] selecting,
    long bornMillis,
    long lifetimeMillis,
    long freshMillis,
    long staleMillis,
    Terms terms)
    implements Lifetimes {

  /**
   * The terms under which a response may be given.
   *
   * @param revalidate whether it may never be given when it is stale
   * @param shared whether it is also for requests with credentials
   * @param whileRevalidateMillis how long it may be given after its freshness while it is made anew
   * @param onErrorMillis how long it may be given after its freshness where the handler fails
   * @param madeTag whether its {@code ETag} was made by the cache, so that the handler knows
   *     nothing of it
   */
  record Terms(
      boolean revalidate,
      boolean shared,
      long whileRevalidateMillis,
      long onErrorMillis,
      boolean madeTag) {}

  /** The value of its first field of this name; null if it has none. */
  @Nullable String field(String name) {
    for (int i = 0; i < lines.length; i += 2) {
      if (lines[i].equalsIgnoreCase(name)) {
        return lines[i + 1];
      }
    }
    return null;
  }

  Fields fields() {
    return Fields.of(lines, replacing);
  }

  long ageMillis(long nowMillis) {
    return Math.max(0, nowMillis - bornMillis);
  }

  /** How long it is still fresh; negative if it is stale. */
  long leftMillis(long nowMillis) {
    return lifetimeMillis - ageMillis(nowMillis);
  }

  /** Whether it may be given after its freshness by one of its {@link Terms}. */
  boolean isWithin(long grace, long nowMillis) {
    return grace > 0 && !terms.revalidate && -leftMillis(nowMillis) < grace;
  }

  /** Whether a request selects it. */
  boolean isFor(Selection request) {
    for (int i = 0; i < selecting.length; i += 2) {
      String wanted = selecting[i + 1];
      String name = selecting[i];
      String value = name == null ? null : request.value(name);
      if (wanted == null ? value != null : !wanted.equals(value)) {
        return false;
      }
    }
    return true;
  }

  /** The tag that a handler has given it; null if it has none of its own. */
  @Nullable String ownTag() {
    return terms.madeTag ? null : field("ETag");
  }
}
