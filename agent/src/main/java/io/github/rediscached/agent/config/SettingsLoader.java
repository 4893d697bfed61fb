package io.github.rediscached.agent.config;

import io.github.rediscached.agent.config.Settings.Credentials;
import io.github.rediscached.agent.config.Settings.Defaults;
import io.github.rediscached.agent.config.Settings.Near;
import io.github.rediscached.agent.config.Settings.Redis;
import io.github.rediscached.agent.config.Settings.SentinelLogin;
import io.github.rediscached.agent.config.Settings.Tls;
import io.github.rediscached.agent.plan.ValueOptions;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings from four places, strongest first: agent argument, system properties,
 * environment, file. Not thread-safe; it runs before the application's {@code main}, so it loads
 * few classes, and those of the YAML library only if there is a file.
 */
public final class SettingsLoader {

  private static final String DEFAULT_FILE = "rediscached.yaml";
  private static final String REDIS_URL = "REDIS_URL";

  /** The prefix of the agent's system properties. */
  static final String PROPERTIES = "rediscached.";

  /** The prefix of the agent's environment variables. */
  static final String VARIABLES = "REDISCACHED_";

  private final Map<String, String> environment;
  private final Properties systemProperties;
  private final File workingDirectory;

  /**
   * Creates a loader.
   *
   * @param workingDirectory the place of {@code rediscached.yaml}, and the base of a relative
   *     {@code config}
   */
  public SettingsLoader(
      Map<String, String> environment, Properties systemProperties, File workingDirectory) {
    this.environment = environment;
    this.systemProperties = systemProperties;
    this.workingDirectory = workingDirectory;
  }

  /**
   * Reads all places.
   *
   * @param agentArgument the text after the jar in {@code -javaagent:jar=}; null if there is none
   * @throws SettingsException if there are mistakes in any place
   */
  public Settings load(@Nullable String agentArgument) throws SettingsException {
    return saysNothing(agentArgument) ? Settings.STANDARD : read(agentArgument);
  }

  /** Whether no place has a setting. Then no class for reading is loaded. */
  private boolean saysNothing(@Nullable String agentArgument) {
    return (agentArgument == null || agentArgument.isEmpty())
        && !environment.containsKey(REDIS_URL)
        && properties().isEmpty()
        && variables().isEmpty()
        && !new File(workingDirectory, DEFAULT_FILE).exists();
  }

  private Settings read(@Nullable String agentArgument) throws SettingsException {
    Problems problems = new Problems();
    Values values = new Values(problems);
    give(
        AgentArgument.split(agentArgument, problems),
        Spelling.PLAIN,
        AgentArgument.PLACE,
        values,
        problems);
    give(properties(), Spelling.PROPERTY, new Place("system properties"), values, problems);
    Place environmentPlace = new Place("environment");
    give(variables(), Spelling.ENVIRONMENT, environmentPlace, values, problems);

    File file = file(values.find(KnownSettings.CONFIG));
    Rules rules = new Rules(problems);
    List<String> remarks = List.of();
    if (file != null) {
      String text = SettingsFile.read(file, problems);
      if (text != null) {
        if (isBlank(text)) {
          remarks =
              List.of(file.getPath() + ": The file is empty. Write settings to it, or remove it.");
        }
        new YamlSettings(file.getPath(), environment, values, rules, problems).read(text);
      }
    }
    String redisUrl = environment.get(REDIS_URL);
    if (redisUrl != null && !redisUrl.isBlank() && !values.has(KnownSettings.REDIS_URI)) {
      values.give(KnownSettings.REDIS_URI, redisUrl, environmentPlace, REDIS_URL);
    }
    new RedisChecks(values, problems).check();
    if (values.get(KnownSettings.KEYS) && values.get(KnownSettings.VALUES_KEY).isEmpty()) {
      problems.add(
          values.placeOf(KnownSettings.KEYS),
          "`keys` is \"hashed\", which needs a secret. Write one to `values.key`, or remove `keys`.");
    }
    problems.throwIfAny();
    return settings(values, rules, file, remarks);
  }

  private static Settings settings(
      Values values, Rules rules, @Nullable File file, List<String> remarks) {
    return new Settings(
        values.get(KnownSettings.ENABLED),
        values.get(KnownSettings.NAMESPACE),
        new Redis(
            values.get(KnownSettings.REDIS_URI),
            values.get(KnownSettings.REDIS_TIMEOUT),
            values.get(KnownSettings.REDIS_CONNECT_TIMEOUT),
            mode(values),
            tls(values),
            credentials(values),
            sentinelLogin(values)),
        new Defaults(
            values.get(KnownSettings.DEFAULT_TTL),
            values.get(KnownSettings.DEFAULT_TTL_JITTER),
            values.get(KnownSettings.DEFAULT_MAX_VALUE_SIZE)),
        new Near(
            values.get(KnownSettings.NEAR_ENABLED),
            values.get(KnownSettings.NEAR_MAX_SIZE),
            values.find(KnownSettings.NEAR_TTL)),
        new ValueOptions(
            values.get(KnownSettings.VALUES_DATA),
            values.get(KnownSettings.VALUES_REFUSED),
            values.get(KnownSettings.VALUES_ALLOWED)),
        values.get(KnownSettings.VALUES_KEY),
        values.get(KnownSettings.KEYS),
        values.get(KnownSettings.DEFAULT_COMPRESS_OVER),
        rules.caches(),
        rules.evictions(),
        rules.http(),
        values.get(KnownSettings.LOAD_WAIT),
        values.get(KnownSettings.PATTERN_WAIT),
        values.get(KnownSettings.REPORT_UNMATCHED_AFTER),
        file == null ? null : file.getPath(),
        remarks);
  }

  private static @Nullable Tls tls(Values values) {
    for (Setting<String> setting : KnownSettings.TLS) {
      if (values.has(setting)) {
        return allOfTls(values);
      }
    }
    return null;
  }

  private static @Nullable Credentials credentials(Values values) {
    Credentials given = values.find(KnownSettings.REDIS_CREDENTIALS);
    return given == null
        ? null
        : new Credentials(
            given.file(), given.command(), values.get(KnownSettings.REDIS_CREDENTIALS_REFRESH));
  }

  private static @Nullable SentinelLogin sentinelLogin(Values values) {
    String password = values.find(KnownSettings.REDIS_SENTINEL_PASSWORD);
    return password == null
        ? null
        : new SentinelLogin(values.find(KnownSettings.REDIS_SENTINEL_USER), password);
  }

  private static Tls allOfTls(Values values) {
    return new Tls(
        values.find(KnownSettings.REDIS_TLS_CA),
        values.find(KnownSettings.REDIS_TLS_CERTIFICATE),
        values.find(KnownSettings.REDIS_TLS_KEY),
        values.find(KnownSettings.REDIS_TLS_KEY_PASSWORD),
        values.find(KnownSettings.REDIS_TLS_SERVER_NAME));
  }

  private static String mode(Values values) {
    return RedisUri.namesSeveral(values.get(KnownSettings.REDIS_URI))
        ? "cluster"
        : values.get(KnownSettings.REDIS_MODE);
  }

  /** Whether a file has only blanks and comments. */
  private static boolean isBlank(String text) {
    boolean comment = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        comment = false;
      } else if (c == '#') {
        comment = true;
      } else if (!comment && !Character.isWhitespace(c)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable File file(@Nullable String config) {
    if (config != null) {
      File named = new File(config);
      return named.isAbsolute() ? named : new File(workingDirectory, config);
    }
    File standard = new File(workingDirectory, DEFAULT_FILE);
    return standard.exists() ? standard : null;
  }

  private static void give(
      Map<String, String> given, Spelling spelling, Place place, Values values, Problems problems) {
    for (Map.Entry<String, String> entry : given.entrySet()) {
      String name = entry.getKey();
      Setting<?> setting = KnownSettings.CATALOG.find(name, spelling);
      if (setting != null) {
        values.give(setting, entry.getValue(), place, name);
      } else if (isOnlyInFile(name, spelling)) {
        problems.add(place, "`" + name + "` is known only in the file. Move it there.");
      } else {
        problems.add(place, KnownSettings.CATALOG.remark(name, spelling, List.of()));
      }
    }
  }

  private static boolean isOnlyInFile(String name, Spelling spelling) {
    for (String list : YamlSettings.LISTS) {
      if (name.equals(spelling.of(list))) {
        return true;
      }
    }
    return false;
  }

  /** The agent's system properties, sorted, so that messages have the same order in each run. */
  private Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : systemProperties.stringPropertyNames()) {
      String value = systemProperties.getProperty(name);
      if (name.startsWith(PROPERTIES) && value != null) {
        properties.put(name, value);
      }
    }
    return properties;
  }

  /** The agent's environment variables, sorted. An empty one counts as not set. */
  private Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(VARIABLES) && !variable.getValue().isBlank() && !isOfKubernetes(name)) {
        variables.put(name, variable.getValue());
      }
    }
    return variables;
  }

  /** Kubernetes gives such variables to each pod beside a service named rediscached. */
  private static boolean isOfKubernetes(String name) {
    return name.endsWith("_SERVICE_HOST")
        || name.contains("_SERVICE_PORT")
        || name.endsWith("_PORT")
        || name.contains("_PORT_");
  }
}
