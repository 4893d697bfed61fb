package io.github.rediscached.agent.config;

import static io.github.rediscached.agent.config.Settings.STANDARD;

import io.github.rediscached.agent.plan.Secret;
import io.github.rediscached.agent.plan.TypePattern;
import java.time.Duration;
import java.util.List;

/**
 * The settings of this version. A new one is one line here, and its place and default in {@link
 * Settings}.
 */
final class KnownSettings {

  static final Catalog CATALOG = new Catalog("setting");

  static final Setting<String> CONFIG = CATALOG.add("config", ValueReader.TEXT, null);
  static final Setting<Boolean> ENABLED =
      CATALOG.add("enabled", ValueReader.SWITCH, STANDARD.enabled());
  static final Setting<String> NAMESPACE =
      CATALOG.add("namespace", ValueReader.NAMESPACE, STANDARD.namespace());
  static final Setting<String> REDIS_URI =
      CATALOG.add("redis.uri", ValueReader.REDIS_URI, STANDARD.redis().uri());
  static final Setting<Duration> REDIS_TIMEOUT =
      CATALOG.add("redis.timeout", ValueReader.TIMEOUT, STANDARD.redis().timeout());
  static final Setting<Duration> REDIS_CONNECT_TIMEOUT =
      CATALOG.add("redis.connect-timeout", ValueReader.TIMEOUT, STANDARD.redis().connectTimeout());
  static final Setting<String> REDIS_MODE =
      CATALOG.add("redis.mode", ValueReader.REDIS_MODE, STANDARD.redis().mode());
  static final Setting<String> REDIS_TLS_CA =
      CATALOG.add("redis.tls.ca", PemFile.CERTIFICATES, null);
  static final Setting<String> REDIS_TLS_CERTIFICATE =
      CATALOG.add("redis.tls.certificate", PemFile.CERTIFICATES, null);
  static final Setting<String> REDIS_TLS_KEY = CATALOG.add("redis.tls.key", PemFile.KEY, null);
  static final Setting<String> REDIS_TLS_KEY_PASSWORD =
      CATALOG.add("redis.tls.key-password", ValueReader.TEXT, null);
  static final Setting<String> REDIS_TLS_SERVER_NAME =
      CATALOG.add("redis.tls.server-name", ValueReader.HOST, null);

  /** All that have a meaning with TLS only. */
  static final List<Setting<String>> TLS =
      List.of(
          REDIS_TLS_CA,
          REDIS_TLS_CERTIFICATE,
          REDIS_TLS_KEY,
          REDIS_TLS_KEY_PASSWORD,
          REDIS_TLS_SERVER_NAME);

  static final Setting<Settings.Credentials> REDIS_CREDENTIALS =
      CATALOG.add("redis.credentials", new CredentialsReader(), null);
  static final Setting<Duration> REDIS_CREDENTIALS_REFRESH =
      CATALOG.add("redis.credentials-refresh", ValueReader.REFRESH, Settings.Credentials.REFRESH);
  static final Setting<String> REDIS_SENTINEL_USER =
      CATALOG.add("redis.sentinel.user", ValueReader.TEXT, null);
  static final Setting<String> REDIS_SENTINEL_PASSWORD =
      CATALOG.add("redis.sentinel.password", ValueReader.TEXT, null);
  static final Setting<Duration> DEFAULT_TTL =
      CATALOG.add("defaults.ttl", ValueReader.TTL, STANDARD.defaults().ttl());
  static final Setting<Double> DEFAULT_TTL_JITTER =
      CATALOG.add("defaults.ttl-jitter", ValueReader.SHARE, STANDARD.defaults().ttlJitter());
  static final Setting<Long> DEFAULT_MAX_VALUE_SIZE =
      CATALOG.add(
          "defaults.max-value-size", ValueReader.SIZE, STANDARD.defaults().maxValueSizeBytes());
  static final Setting<Long> DEFAULT_COMPRESS_OVER =
      CATALOG.add("defaults.compress-over", ValueReader.SIZE_OR_OFF, STANDARD.compressOverBytes());
  static final Setting<Boolean> NEAR_ENABLED =
      CATALOG.add("near.enabled", ValueReader.SWITCH, STANDARD.near().enabled());
  static final Setting<Long> NEAR_MAX_SIZE =
      CATALOG.add("near.max-size", ValueReader.MEMORY, STANDARD.near().maxSizeBytes());
  static final Setting<Duration> NEAR_TTL = CATALOG.add("near.ttl", ValueReader.TTL, null);
  static final Setting<List<TypePattern>> VALUES_DATA =
      CATALOG.add("values.data", ValueReader.TYPES, STANDARD.values().data());
  static final Setting<List<TypePattern>> VALUES_REFUSED =
      CATALOG.add("values.refused", ValueReader.TYPES, STANDARD.values().refused());
  static final Setting<List<TypePattern>> VALUES_ALLOWED =
      CATALOG.add("values.allowed", ValueReader.TYPES, STANDARD.values().allowed());
  static final Setting<List<Secret>> VALUES_KEY =
      CATALOG.add("values.key", ValueReader.SECRETS, STANDARD.secrets());
  static final Setting<Boolean> KEYS = CATALOG.add("keys", ValueReader.KEYS, STANDARD.hashedKeys());
  static final Setting<Duration> LOAD_WAIT =
      CATALOG.add("load-wait", ValueReader.TIMEOUT, STANDARD.loadWait());
  static final Setting<Duration> PATTERN_WAIT =
      CATALOG.add("pattern-wait", ValueReader.TIMEOUT, STANDARD.patternWait());
  static final Setting<Duration> REPORT_UNMATCHED_AFTER =
      CATALOG.add("report-unmatched-after", ValueReader.TIMEOUT, STANDARD.reportUnmatchedAfter());

  private KnownSettings() {}
}
