package io.github.rediscached.agent.config;

import java.time.Duration;
import java.util.List;

/** The settings of this version. A new one is one line here and its place in {@link Settings}. */
final class KnownSettings {

  static final Catalog CATALOG = new Catalog("setting", List.of("near", "evictions"));

  static final Setting<String> CONFIG = CATALOG.add("config", ValueReader.TEXT, null);
  static final Setting<Boolean> ENABLED = CATALOG.add("enabled", ValueReader.SWITCH, true);
  static final Setting<String> NAMESPACE =
      CATALOG.add("namespace", ValueReader.NAMESPACE, "rediscached");
  static final Setting<String> REDIS_URI =
      CATALOG.add("redis.uri", ValueReader.REDIS_URI, "redis://localhost:6379");
  static final Setting<Duration> REDIS_TIMEOUT =
      CATALOG.add("redis.timeout", ValueReader.TIMEOUT, Duration.ofMillis(100));
  static final Setting<Duration> REDIS_CONNECT_TIMEOUT =
      CATALOG.add("redis.connect-timeout", ValueReader.TIMEOUT, Duration.ofSeconds(1));
  static final Setting<Duration> DEFAULT_TTL =
      CATALOG.add("defaults.ttl", ValueReader.TTL, Duration.ofMinutes(10));
  static final Setting<Double> DEFAULT_TTL_JITTER =
      CATALOG.add("defaults.ttl-jitter", ValueReader.SHARE, 0.1);
  static final Setting<Long> DEFAULT_MAX_VALUE_SIZE =
      CATALOG.add("defaults.max-value-size", ValueReader.SIZE, 1L << 20);
  static final Setting<Duration> REPORT_UNMATCHED_AFTER =
      CATALOG.add("report-unmatched-after", ValueReader.TIMEOUT, Duration.ofMinutes(1));

  private KnownSettings() {}
}
