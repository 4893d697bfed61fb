package io.github.rediscached.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.config.Settings.CacheRule;
import io.github.rediscached.agent.config.Settings.Defaults;
import io.github.rediscached.agent.config.Settings.EvictionRule;
import io.github.rediscached.agent.config.Settings.HttpRule;
import io.github.rediscached.agent.config.Settings.Near;
import io.github.rediscached.agent.config.Settings.Redis;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.HttpOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import io.github.rediscached.agent.plan.NearOption;
import io.github.rediscached.agent.plan.Secret;
import io.github.rediscached.agent.plan.TestOptions;
import io.github.rediscached.agent.plan.ValueOptions;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsLoaderTest {

  private static final Settings STANDARD =
      new Settings(
          true,
          "rediscached",
          new Redis(
              "redis://localhost:6379",
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              "auto",
              null,
              null,
              null),
          new Defaults(Duration.ofMinutes(10), 0.1, 1_048_576),
          new Near(true, 67_108_864, null),
          ValueOptions.NONE,
          List.of(),
          false,
          1_024,
          List.of(),
          List.of(),
          List.of(),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          null,
          List.of());

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Properties systemProperties = new Properties();

  @Test
  void everySettingHasADefault() throws Exception {
    assertEquals(STANDARD, load(null));
    assertEquals(STANDARD, load(""));
    assertEquals(STANDARD, load(" , "));
  }

  /** A setting in all places, and what it is then. */
  private record Mapping(
      String name,
      String property,
      String variable,
      String value,
      Object expected,
      Function<Settings, @Nullable Object> actual) {}

  /** Settings that make sense together only, in the order of the catalog. */
  private static final List<String> REDIS_ACCESS =
      List.of(
          "redis.tls.ca",
          "redis.tls.certificate",
          "redis.tls.key",
          "redis.tls.key-password",
          "redis.tls.server-name",
          "redis.credentials",
          "redis.credentials-refresh",
          "redis.sentinel.user",
          "redis.sentinel.password");

  static List<Mapping> mappings() {
    return List.of(
        new Mapping(
            "enabled",
            "rediscached.enabled",
            "REDISCACHED_ENABLED",
            "false",
            false,
            Settings::enabled),
        new Mapping(
            "namespace",
            "rediscached.namespace",
            "REDISCACHED_NAMESPACE",
            "Shop-2.a_b",
            "Shop-2.a_b",
            Settings::namespace),
        new Mapping(
            "redis.uri",
            "rediscached.redis.uri",
            "REDISCACHED_REDIS_URI",
            "rediss://u:p@h:1/2?clientName=a&db=3",
            "rediss://u:p@h:1/2?clientName=a&db=3",
            settings -> settings.redis().uri()),
        new Mapping(
            "redis.timeout",
            "rediscached.redis.timeout",
            "REDISCACHED_REDIS_TIMEOUT",
            "50ms",
            Duration.ofMillis(50),
            settings -> settings.redis().timeout()),
        new Mapping(
            "redis.connect-timeout",
            "rediscached.redis.connect-timeout",
            "REDISCACHED_REDIS_CONNECT_TIMEOUT",
            "PT5S",
            Duration.ofSeconds(5),
            settings -> settings.redis().connectTimeout()),
        new Mapping(
            "redis.mode",
            "rediscached.redis.mode",
            "REDISCACHED_REDIS_MODE",
            "cluster",
            "cluster",
            settings -> settings.redis().mode()),
        new Mapping(
            "defaults.ttl",
            "rediscached.defaults.ttl",
            "REDISCACHED_DEFAULTS_TTL",
            "7d",
            Duration.ofDays(7),
            settings -> settings.defaults().ttl()),
        new Mapping(
            "defaults.ttl-jitter",
            "rediscached.defaults.ttl-jitter",
            "REDISCACHED_DEFAULTS_TTL_JITTER",
            "25%",
            0.25,
            settings -> settings.defaults().ttlJitter()),
        new Mapping(
            "defaults.max-value-size",
            "rediscached.defaults.max-value-size",
            "REDISCACHED_DEFAULTS_MAX_VALUE_SIZE",
            "512KB",
            524_288L,
            settings -> settings.defaults().maxValueSizeBytes()),
        new Mapping(
            "defaults.compress-over",
            "rediscached.defaults.compress-over",
            "REDISCACHED_DEFAULTS_COMPRESS_OVER",
            "4KB",
            4_096L,
            settings -> settings.form().compressOverBytes()),
        new Mapping(
            "near.enabled",
            "rediscached.near.enabled",
            "REDISCACHED_NEAR_ENABLED",
            "false",
            false,
            settings -> settings.near().enabled()),
        new Mapping(
            "near.max-size",
            "rediscached.near.max-size",
            "REDISCACHED_NEAR_MAX_SIZE",
            "2GB",
            2L << 30,
            settings -> settings.near().maxSizeBytes()),
        new Mapping(
            "near.ttl",
            "rediscached.near.ttl",
            "REDISCACHED_NEAR_TTL",
            "3s",
            Duration.ofSeconds(3),
            settings -> settings.near().ttl()),
        new Mapping(
            "values.data",
            "rediscached.values.data",
            "REDISCACHED_VALUES_DATA",
            "com.acme.Order com.acme.model.*",
            "[com.acme.Order, com.acme.model.*]",
            settings -> settings.values().data().toString()),
        new Mapping(
            "values.refused",
            "rediscached.values.refused",
            "REDISCACHED_VALUES_REFUSED",
            "com.acme.Order com.acme.model.*",
            "[com.acme.Order, com.acme.model.*]",
            settings -> settings.values().refused().toString()),
        new Mapping(
            "values.allowed",
            "rediscached.values.allowed",
            "REDISCACHED_VALUES_ALLOWED",
            "com.acme.Order com.acme.model.*",
            "[com.acme.Order, com.acme.model.*]",
            settings -> settings.values().allowed().toString()),
        new Mapping(
            "values.key",
            "rediscached.values.key",
            "REDISCACHED_VALUES_KEY",
            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            List.of(
                new Secret("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8))),
            settings -> settings.form().secrets()),
        new Mapping(
            "keys",
            "rediscached.keys",
            "REDISCACHED_KEYS",
            "plain",
            false,
            settings -> settings.form().hashedKeys()),
        new Mapping(
            "load-wait",
            "rediscached.load-wait",
            "REDISCACHED_LOAD_WAIT",
            "5s",
            Duration.ofSeconds(5),
            Settings::loadWait),
        new Mapping(
            "pattern-wait",
            "rediscached.pattern-wait",
            "REDISCACHED_PATTERN_WAIT",
            "500ms",
            Duration.ofMillis(500),
            Settings::patternWait),
        new Mapping(
            "report-unmatched-after",
            "rediscached.report-unmatched-after",
            "REDISCACHED_REPORT_UNMATCHED_AFTER",
            "5m",
            Duration.ofMinutes(5),
            Settings::reportUnmatchedAfter));
  }

  @Test
  void classesAreAListInTheFile() throws Exception {
    write("values:\n  refused: [com.acme.Repo, com.acme.shop.*]\n  data:\n    - com.acme.Order\n");

    ValueOptions values = load(null).values();

    assertEquals("[com.acme.Repo, com.acme.shop.*]", values.refused().toString());
    assertEquals("[com.acme.Order]", values.data().toString());
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void aSettingMeansTheSameInEveryPlace(Mapping mapping) throws Exception {
    assertEquals(
        mapping.expected(), mapping.actual().apply(load(mapping.name() + "=" + mapping.value())));

    systemProperties.setProperty(mapping.property(), mapping.value());
    assertEquals(mapping.expected(), mapping.actual().apply(load(null)));
    systemProperties.clear();

    environment.put(mapping.variable(), mapping.value() + "\n");
    assertEquals(mapping.expected(), mapping.actual().apply(load(null)));
    environment.clear();

    write(mapping.name() + ": " + mapping.value());
    assertEquals(mapping.expected(), mapping.actual().apply(load(null)));

    int dot = mapping.name().indexOf('.');
    if (dot > 0) {
      String section = mapping.name().substring(0, dot);
      write(
          section + ":\n  " + mapping.name().substring(dot + 1) + ": \"" + mapping.value() + "\"");
      assertEquals(mapping.expected(), mapping.actual().apply(load(null)));
    }
  }

  @Test
  void everySettingIsMapped() {
    List<String> names = new ArrayList<>(List.of("config"));
    for (Mapping mapping : mappings()) {
      names.add(mapping.name());
    }
    names.addAll(names.indexOf("redis.mode") + 1, REDIS_ACCESS);
    assertEquals(
        "`x` is no setting. Known are " + String.join(", ", names) + ".",
        KnownSettings.CATALOG.remark("x", Spelling.PLAIN, List.of()));
  }

  @Test
  void settingsOfTlsStandTogether() throws Exception {
    Path certificate =
        Files.writeString(directory.resolve("a.pem"), "-----BEGIN CERTIFICATE-----\n");
    Path key = Files.writeString(directory.resolve("k.pem"), "-----BEGIN PRIVATE KEY-----\n");
    write(
        """
        redis:
          uri: rediss://h
          tls:
            ca: %1$s
            certificate: %1$s
            key: %2$s
            key-password: secret
        """
            .formatted(certificate, key));
    environment.put("REDISCACHED_REDIS_TLS_SERVER_NAME", "cache.example.com");

    Settings.Redis redis = load(null).redis();

    assertEquals(
        new Settings.Tls(
            certificate.toString(),
            certificate.toString(),
            key.toString(),
            "secret",
            "cache.example.com"),
        redis.tls());
    assertFalse(String.valueOf(redis.tls()).contains("secret"));
  }

  @Test
  void theStrongestPlaceWins() throws Exception {
    environment.put("REDIS_URL", "redis://url");
    assertEquals("redis://url", load(null).redis().uri());
    write("redis: {uri: redis://file}");
    assertEquals("redis://file", load(null).redis().uri());
    environment.put("REDISCACHED_REDIS_URI", "redis://environment");
    assertEquals("redis://environment", load(null).redis().uri());
    systemProperties.setProperty("rediscached.redis.uri", "redis://property");
    assertEquals("redis://property", load(null).redis().uri());
    assertEquals("redis://argument", load("redis.uri=redis://argument").redis().uri());
  }

  @Test
  void redisUrlIsNotLookedAtWhereTheUriIsNamed() throws Exception {
    environment.put("REDIS_URL", "https://not-for-us");
    assertEquals("redis://h", load("redis.uri=redis://h").redis().uri());
  }

  @Test
  void emptyVariablesCountAsNotSet() throws Exception {
    environment.put("REDIS_URL", " ");
    environment.put("REDISCACHED_NAMESPACE", "");
    assertEquals(STANDARD, load(null));
  }

  @Test
  void variablesOfKubernetesAreNotOurs() throws Exception {
    environment.put("REDISCACHED_SERVICE_HOST", "10.0.0.1");
    environment.put("REDISCACHED_SERVICE_PORT_REDIS", "6379");
    environment.put("REDISCACHED_PORT", "tcp://10.0.0.1:6379");
    environment.put("REDISCACHED_PORT_6379_TCP_ADDR", "10.0.0.1");
    assertEquals(STANDARD, load(null));
  }

  @Test
  void commasSeparateOnlyBeforeAName() throws Exception {
    Settings settings =
        load("redis.uri=redis://h?clientName=a,b;db=2 , namespace = shop,,redis.timeout=1s,");
    assertEquals("redis://h?clientName=a,b;db=2", settings.redis().uri());
    assertEquals("shop", settings.namespace());
    assertEquals(Duration.ofSeconds(1), settings.redis().timeout());
  }

  @Test
  void theFileIsTheConfiguredOneElseTheStandardOne() throws Exception {
    assertNull(load(null).file());
    File standard = write("namespace: standard");
    assertEquals("standard", load(null).namespace());
    assertEquals(standard.getPath(), load(null).file());

    Path other = directory.resolve("my, file.yml");
    Files.writeString(other, "namespace: other");
    assertEquals("other", load("config=" + other).namespace());
    environment.put("REDISCACHED_CONFIG", "my, file.yml");
    assertEquals("other", load(null).namespace());
    assertEquals(other.toString(), load(null).file());
  }

  @Test
  void rulesHaveAllTheirOptionsAndTheirLine() throws Exception {
    write(
        """
        caches:
          - method: com.acme.catalog.Products.find*(long)
            cache: products
            ttl: 5m
            key: "#id"
            condition: "#id > 0"
            unless: "#result == null"
            cache-null: false
            cached-exceptions: [java.io.IOException, com.acme.Outer$Missing]
            tags: ["product:#{#id}", all]
            refresh-after: 1m
            stale-on-error: 1h
            near: 5s
            near.share: true

          - {method: com.acme.Users+.get(..)}
        """);
    assertEquals(
        List.of(
            new CacheRule(
                MethodPattern.parse("com.acme.catalog.Products.find*(long)"),
                new CacheOptions(
                    "products",
                    Duration.ofMinutes(5),
                    "#id",
                    "#id > 0",
                    "#result == null",
                    false,
                    List.of("java.io.IOException", "com.acme.Outer$Missing"),
                    List.of("product:#{#id}", "all"),
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    new NearOption(true, Duration.ofSeconds(5), true)),
                2),
            new CacheRule(
                MethodPattern.parse("com.acme.Users+.get(..)"), TestOptions.DEFAULTS, 16)),
        load(null).rules());
  }

  @Test
  void evictionsHaveAllTheirOptionsAndTheirLineAndAMethodMayHaveSeveral() throws Exception {
    write(
        """
        evictions:
          - method: com.acme.catalog.Products.save(..)
            cache: products
            key: "#p0.id"
            tags: "product:#{#p0.id}"
            key-pattern: shop:lists:*
            before-invocation: true
            condition: "#p0 != null"
          - method: com.acme.catalog.Products.save(..)
            cache: lists
            all-entries: true
            on-exception: true
        """);
    MethodPattern pattern = MethodPattern.parse("com.acme.catalog.Products.save(..)");
    assertEquals(
        List.of(
            new EvictionRule(
                pattern,
                new EvictOptions(
                    "products",
                    "#p0.id",
                    List.of("product:#{#p0.id}"),
                    "shop:lists:*",
                    false,
                    true,
                    false,
                    "#p0 != null"),
                2),
            new EvictionRule(
                pattern,
                new EvictOptions("lists", null, List.of(), null, true, false, true, null),
                9)),
        load(null).evictions());
    assertEquals(List.of(), load(null).rules());
  }

  @Test
  void httpRulesHaveAllTheirOptionsAndTheirLine() throws Exception {
    write(
        """
        http:
          - path: /api/products/{id}
            cache: product-pages
            ttl: 60s
            tags: ["product:#{#path.id}"]
            vary: [Accept-Language]
            query: [page, size]
            key: [principal, session, "header:X-Tenant", "cookie:theme"]
            statuses: [404, 410]
            ignore-headers: [X-Request-Id]
            stale-while-revalidate: 30s
            stale-on-error: 10m
            request-directives: ignore
            cache-status: false
            near: 10s
            also-store: [set-cookie, heuristic]
          - path: /**
        """);
    assertEquals(
        List.of(
            new HttpRule(
                new HttpOptions(
                    "/api/products/{id}",
                    "product-pages",
                    Duration.ofSeconds(60),
                    List.of("product:#{#path.id}"),
                    List.of("Accept-Language"),
                    List.of("page", "size"),
                    List.of("principal", "session", "header:X-Tenant", "cookie:theme"),
                    List.of(404, 410),
                    List.of("X-Request-Id"),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    false,
                    false,
                    new NearOption(true, Duration.ofSeconds(10), false),
                    List.of("set-cookie", "heuristic")),
                2),
            new HttpRule(
                new HttpOptions(
                    "/**",
                    null,
                    null,
                    List.of(),
                    List.of(),
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    true,
                    true,
                    NearOption.AUTO,
                    List.of()),
                17)),
        load(null).http());
    assertEquals(List.of(), load(null).rules());
    assertEquals("product-pages", load(null).http().get(0).options().cacheName());
    assertEquals("/**", load(null).http().get(1).options().cacheName());
  }

  @Test
  void anEmptyListOfParametersIsNoMissingOne() throws Exception {
    write("http: [{path: /a, query: []}, {path: /b}, {path: /c, query: page}]");
    assertEquals(List.of(), httpOptions(0).query());
    assertNull(httpOptions(1).query());
    assertEquals(List.of("page"), httpOptions(2).query());
  }

  @Test
  void httpOptionsHaveWordsBesideTheirLists() throws Exception {
    write(
        """
        http:
          - path: /a/{name}/x-{other}/**
            statuses: all
            ignore-headers: ["*"]
            vary: [Accept]
            near: off
            request-directives: honour
            stale-while-revalidate: 0s
            stale-on-error: 0s
          - path: /b
            statuses: [400, 599]
            ignore-headers: "!#$%&'+-.^_`|~09azAZ"
            near: auto
            vary: []
            key: []
        """);
    assertEquals(List.of(HttpOptions.ALL_STATUSES), httpOptions(0).statuses());
    assertEquals(List.of("*"), httpOptions(0).ignoredHeaders());
    assertFalse(httpOptions(0).near().enabled());
    assertTrue(httpOptions(0).requestDirectives());
    assertEquals(Duration.ZERO, httpOptions(0).staleWhileRevalidate());
    assertEquals(Duration.ZERO, httpOptions(0).staleOnError());
    assertEquals(List.of(400, 599), httpOptions(1).statuses());
    assertEquals(List.of("!#$%&'+-.^_`|~09azAZ"), httpOptions(1).ignoredHeaders());
    assertEquals(NearOption.AUTO, httpOptions(1).near());
    assertEquals(List.of(), httpOptions(1).vary());
    assertEquals(List.of(), httpOptions(1).key());
  }

  @Test
  void anAliasRepeatsARulesOptions() throws Exception {
    write(
        """
        caches:
          - {method: com.acme.A.a(), ttl: &short 5s}
          - {method: com.acme.A.b(), ttl: *short}
        """);
    assertEquals(Duration.ofSeconds(5), load(null).rules().get(1).options().ttl());
  }

  @Test
  void filesThatSayNothingAreFine() throws Exception {
    for (String text :
        List.of(
            "",
            "\n",
            "# comment",
            "---\n",
            "~",
            "\uFEFF",
            "redis:\ndefaults: ~\ncaches:\nhttp:\n",
            "{}",
            "caches: []",
            "http: []")) {
      File file = write(text);
      assertEquals(STANDARD, withoutFile(load(null)), text);
      assertEquals(file.getPath(), load(null).file());
    }
  }

  @Test
  void anEmptyFileIsRemarkedOn() throws Exception {
    for (String text : List.of("", "\r\n \t\n", "# a: b\n  # c: d")) {
      File file = write(text);
      assertEquals(
          List.of(file + ": The file is empty. Write settings to it, or remove it."),
          load(null).remarks());
    }
    write("# a\nnamespace: shop");
    assertEquals(List.of(), load(null).remarks());
  }

  @Test
  void windowsFilesAreRead() throws Exception {
    write("\uFEFFnamespace: shop\r\nredis:\r\n  timeout: 1s\r\n");
    assertEquals("shop", load(null).namespace());
    assertEquals(Duration.ofSeconds(1), load(null).redis().timeout());
  }

  @Test
  void valuesInTheFileReadTheEnvironment() throws Exception {
    environment.put("SET", "shop");
    environment.put("EMPTY", "");
    environment.put("ODD", "${SET}");
    write("namespace: a-${SET}.${UNSET:-b}${EMPTY:-c}${EMPTY}${SET:-d}${UNSET:-}");
    assertEquals("a-shop.bcshop", load(null).namespace());
    write("redis:\n  uri: ${UNSET:-redis://localhost:6380}");
    assertEquals("redis://localhost:6380", load(null).redis().uri());
    // What a variable holds is not looked at again.
    write("caches: [{method: com.acme.A.a(), cache: x}, {method: com.acme.A.b(), key: '${ODD}'}]");
    assertEquals("${SET}", load(null).rules().get(1).options().key());
  }

  @Test
  void sizesAndSharesAreReadInEveryForm() throws Exception {
    assertEquals(2048, load("defaults.max-value-size=2048").defaults().maxValueSizeBytes());
    assertEquals(3, load("defaults.max-value-size=3 b").defaults().maxValueSizeBytes());
    assertEquals(1 << 30, load("near.max-size=1GB").near().maxSizeBytes());
    assertEquals(0, load("defaults.compress-over=0").form().compressOverBytes());
    assertEquals(0, load("defaults.compress-over=Off").form().compressOverBytes());
    assertEquals(1 << 20, load("defaults.max-value-size=1mb").defaults().maxValueSizeBytes());
    assertEquals(512 << 20, load("defaults.max-value-size=512MB").defaults().maxValueSizeBytes());
    assertEquals(0.5, load("defaults.ttl-jitter=0.5").defaults().ttlJitter());
    assertEquals(0.125, load("defaults.ttl-jitter=12.5 %").defaults().ttlJitter());
    assertEquals(0, load("defaults.ttl-jitter=0").defaults().ttlJitter());
    assertEquals(1, load("defaults.ttl-jitter=100%").defaults().ttlJitter());
  }

  @Test
  void settingsNeverShowThePassword() throws Exception {
    Settings settings = load("redis.uri=redis://user:hunter2@h:1");
    assertEquals("redis://***@h:1", settings.redis().redactedUri());
    assertEquals(
        "Redis[uri=redis://***@h:1, timeout=PT0.1S, connectTimeout=PT1S]",
        settings.redis().toString());
    assertFalse(settings.toString().contains("hunter2"));
  }

  @Test
  void theYamlLibraryIsLoadedOnlyForAFile() throws Exception {
    assertFalse(loadedClassesMention("org.snakeyaml"));
    write("namespace: shop");
    assertTrue(loadedClassesMention("org.snakeyaml"));
  }

  /** Loads the settings with classes of their own and looks at which were needed. */
  private boolean loadedClassesMention(String packageName) throws Exception {
    List<String> names = new ArrayList<>();
    URL[] classes = {
      SettingsLoader.class.getProtectionDomain().getCodeSource().getLocation(),
    };
    try (URLClassLoader loader =
        new URLClassLoader(classes, SettingsLoader.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (names) {
              names.add(name);
            }
            if (!name.startsWith("io.github.rediscached.agent.config.")) {
              return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
          }
        }) {
      Class<?> type = loader.loadClass(SettingsLoader.class.getName());
      Object settingsLoader =
          type.getConstructor(Map.class, Properties.class, File.class)
              .newInstance(environment, systemProperties, directory.toFile());
      type.getMethod("load", String.class).invoke(settingsLoader, (Object) null);
    }
    return names.stream().anyMatch(name -> name.startsWith(packageName));
  }

  private static Settings withoutFile(Settings settings) {
    return new Settings(
        settings.enabled(),
        settings.namespace(),
        settings.redis(),
        settings.defaults(),
        settings.near(),
        settings.values(),
        settings.secrets(),
        settings.hashedKeys(),
        settings.compressOverBytes(),
        settings.rules(),
        settings.evictions(),
        settings.http(),
        settings.loadWait(),
        settings.patternWait(),
        settings.reportUnmatchedAfter(),
        null,
        List.of());
  }

  private HttpOptions httpOptions(int index) throws SettingsException {
    return load(null).http().get(index).options();
  }

  private Settings load(@Nullable String agentArgument) throws SettingsException {
    return new SettingsLoader(environment, systemProperties, directory.toFile())
        .load(agentArgument);
  }

  private File write(String text) throws IOException {
    Path file = directory.resolve("rediscached.yaml");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return file.toFile();
  }

  @Test
  void whatRedisIsCanBeSaidAndSeveralServersAreACluster() throws Exception {
    assertEquals("standalone", load("redis.mode=standalone").redis().mode());
    assertEquals("cluster", load("redis.mode=cluster").redis().mode());
    assertEquals("auto", load("redis.uri=redis://u:a%2Cb@h:1").redis().mode());
    assertEquals("cluster", load("redis.uri=redis://u:p@h-1:7000,h-2:7001").redis().mode());
    assertEquals("auto", load("redis.uri=redis-sentinel://h-1:1,h-2:2#m").redis().mode());
  }
}
