package io.github.rediscached.agent.config;

/**
 * What the settings for Redis must have in common. {@link SettingsLoader} checks it once all places
 * have been read.
 */
final class RedisChecks {

  private final Values values;
  private final Problems problems;

  RedisChecks(Values values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  void check() {
    if (values.has(KnownSettings.REDIS_URI) || !values.wasGiven(KnownSettings.REDIS_URI)) {
      checkTls(values.get(KnownSettings.REDIS_URI));
      checkLogin(values.get(KnownSettings.REDIS_URI));
      checkSentinel(values.get(KnownSettings.REDIS_URI));
      checkMode(values.get(KnownSettings.REDIS_URI));
    }
    checkRefresh();
    goesWith(KnownSettings.REDIS_TLS_CERTIFICATE, KnownSettings.REDIS_TLS_KEY);
    goesWith(KnownSettings.REDIS_TLS_KEY, KnownSettings.REDIS_TLS_CERTIFICATE);
    goesWith(KnownSettings.REDIS_TLS_KEY_PASSWORD, KnownSettings.REDIS_TLS_KEY);
    goesWith(KnownSettings.REDIS_SENTINEL_USER, KnownSettings.REDIS_SENTINEL_PASSWORD);
  }

  private void checkTls(String uri) {
    if (RedisUri.isTls(uri)) {
      return;
    }
    for (Setting<String> setting : KnownSettings.TLS) {
      if (values.has(setting)) {
        problems.add(
            values.placeOf(setting),
            "`"
                + setting.name()
                + "` has no effect, since `redis.uri` is \""
                + RedactedUri.of(uri)
                + "\". Let it begin with rediss://, which means TLS, or remove this setting.");
      }
    }
  }

  private void checkLogin(String uri) {
    if (values.has(KnownSettings.REDIS_CREDENTIALS) && RedisUri.hasLogin(uri)) {
      problems.add(
          values.placeOf(KnownSettings.REDIS_CREDENTIALS),
          "`redis.credentials` tells user and password, and so does `redis.uri`, which is \""
              + RedactedUri.of(uri)
              + "\". Remove one of them.");
    }
  }

  private void checkSentinel(String uri) {
    if (values.has(KnownSettings.REDIS_SENTINEL_PASSWORD) && !RedisUri.isSentinel(uri)) {
      problems.add(
          values.placeOf(KnownSettings.REDIS_SENTINEL_PASSWORD),
          "`redis.sentinel.password` has no effect, since `redis.uri` is \""
              + RedactedUri.of(uri)
              + "\". Let it begin with redis-sentinel://, or remove this setting.");
    }
  }

  private void checkMode(String uri) {
    if (!values.has(KnownSettings.REDIS_MODE)) {
      return;
    }
    String mode = values.get(KnownSettings.REDIS_MODE);
    if (mode.equals("cluster") && RedisUri.isSentinel(uri)) {
      problems.add(
          values.placeOf(KnownSettings.REDIS_MODE),
          "`redis.mode` is \"cluster\", but `redis.uri` names Sentinels: \""
              + RedactedUri.of(uri)
              + "\". Let it begin with redis:// or rediss://, or remove this setting.");
    } else if (mode.equals("standalone") && RedisUri.namesSeveral(uri)) {
      problems.add(
          values.placeOf(KnownSettings.REDIS_MODE),
          "`redis.mode` is \"standalone\", but `redis.uri` names several servers: \""
              + RedactedUri.of(uri)
              + "\". Name one, or remove this setting.");
    }
  }

  private void checkRefresh() {
    Settings.Credentials credentials = values.find(KnownSettings.REDIS_CREDENTIALS);
    if (values.has(KnownSettings.REDIS_CREDENTIALS_REFRESH)
        && (credentials == null
            ? !values.wasGiven(KnownSettings.REDIS_CREDENTIALS)
            : credentials.file() != null)) {
      problems.add(
          values.placeOf(KnownSettings.REDIS_CREDENTIALS_REFRESH),
          "`redis.credentials-refresh` has no effect, since `redis.credentials` is no command."
              + " Remove it: a file is looked at every 5 seconds.");
    }
  }

  private void goesWith(Setting<String> setting, Setting<String> other) {
    if (values.has(setting) && !values.wasGiven(other)) {
      problems.add(
          values.placeOf(setting),
          "`%s` is there without `%s`. Write both or none."
              .formatted(setting.name(), other.name()));
    }
  }
}
