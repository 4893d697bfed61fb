package io.github.rediscached.agent.jmx;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's INFO, asked once for all attributes of a page: an answer, also a failed one, serves
 * for {@link #KEPT_NANOS}. {@link RedisBean} and {@link Advice} read it. Thread-safe; a thread that
 * comes during the question waits for its answer. It never throws.
 */
final class ServerInfo {

  static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final RedisView redis;
  private final LongSupplier nanoClock;
  private @Nullable Map<String, String> fields;
  private long answeredNanos;

  ServerInfo(RedisView redis, LongSupplier nanoClock) {
    this.redis = redis;
    this.nanoClock = nanoClock;
  }

  /** Empty if the server did not answer. */
  synchronized Map<String, String> fields() {
    Map<String, String> current = fields;
    if (current == null || nanoClock.getAsLong() - answeredNanos >= KEPT_NANOS) {
      current = ask();
      fields = current;
      answeredNanos = nanoClock.getAsLong();
    }
    return current;
  }

  /** Empty if the field is missing. */
  String text(String field) {
    return fields().getOrDefault(field, "");
  }

  /**
   * The version of Redis, or name and version of a server that works like it: Valkey says with
   * {@code redis_version} only with which Redis it is compatible. Empty if the server does not
   * tell.
   */
  String version() {
    Map<String, String> current = fields();
    String name = current.getOrDefault("server_name", "valkey");
    String version = current.get(name + "_version");
    return version == null || name.equals("redis")
        ? current.getOrDefault("redis_version", "")
        : name + " " + version;
  }

  /** 0 if the field is missing or no number. */
  long number(String field) {
    return number(fields(), field);
  }

  static long number(Map<String, String> fields, String field) {
    try {
      return Long.parseLong(fields.getOrDefault(field, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Hits per look-up of all clients since the server's start, 0 to 1; 0 without look-ups. */
  static double hitRate(Map<String, String> fields) {
    long hits = number(fields, "keyspace_hits");
    long lookUps = hits + number(fields, "keyspace_misses");
    return lookUps == 0 ? 0 : (double) hits / lookUps;
  }

  private Map<String, String> ask() {
    try {
      return redis.info();
    } catch (RuntimeException failed) {
      return Map.of();
    }
  }
}
