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
    }
    goesWith(KnownSettings.REDIS_TLS_CERTIFICATE, KnownSettings.REDIS_TLS_KEY);
    goesWith(KnownSettings.REDIS_TLS_KEY, KnownSettings.REDIS_TLS_CERTIFICATE);
    goesWith(KnownSettings.REDIS_TLS_KEY_PASSWORD, KnownSettings.REDIS_TLS_KEY);
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

  private void goesWith(Setting<String> setting, Setting<String> other) {
    if (values.has(setting) && !values.wasGiven(other)) {
      problems.add(
          values.placeOf(setting),
          "`%s` is there without `%s`. Write both or none."
              .formatted(setting.name(), other.name()));
    }
  }
}
