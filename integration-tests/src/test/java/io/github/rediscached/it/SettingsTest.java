package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where settings come from, and what users read after a mistake. */
class SettingsTest {

  private static final String RULES =
      """
      caches:
        - method: com.acme.settings.Products.name(int)
          cache: names
        - method: com.acme.settings.Products.description(int)
          cache: descriptions
      """;

  private final TestRedis redis = TestRedis.shared();
  private final String namespace = TestRedis.newNamespace();
  @TempDir Path directory;

  @Test
  void theStrongestOfTheFourPlacesWins() throws IOException {
    write(
        """
        namespace: from-file
        redis:
          uri: redis://${TEST_HOST:-unset.invalid}:${TEST_PORT}
          timeout: 5s
          connect-timeout: ${TEST_UNSET:-20s}
        defaults: { ttl: 1000s, ttl-jitter: 90%, max-value-size: 5KB }
        """
            + RULES);
    Outcome outcome =
        Jvm.of(Settings.class)
            .directory(directory)
            .environment("TEST_HOST", redis.host())
            .environment("TEST_PORT", Integer.toString(redis.port()))
            .environment("REDISCACHED_NAMESPACE", "from-environment")
            .environment("REDISCACHED_DEFAULTS_TTL", "2000s")
            .environment("REDISCACHED_DEFAULTS_TTL_JITTER", "0%")
            .option("-Drediscached.namespace=from-property")
            .option("-Drediscached.defaults.ttl=3000s")
            .setting("namespace", namespace)
            .run()
            .succeeded();

    assertCached(outcome);
    // The file's max-value-size, which nothing overrides.
    assertEquals("2", outcome.value("descriptionRuns"));
    assertEquals(1, outcome.err().size(), outcome.toString());
    assertTrue(outcome.err().get(0).contains("`defaults.max-value-size` (5120 bytes)"));
    long ttl = redis.commands().pttl(namespace + ":names:1");
    // The property's TTL, the environment's jitter.
    assertTrue(ttl > 2_900_000 && ttl <= 3_000_000, ttl + " ms");
    assertEquals(List.of(), redis.commands().keys("from-*:*"));
  }

  @Test
  void redisUrlServesWhereNoSettingNamesTheUriAndConfigNamesTheFile() throws IOException {
    write("namespace: not-read");
    Files.createDirectory(directory.resolve("conf"));
    Files.writeString(
        directory.resolve("conf/shop.yaml"), "namespace: " + namespace + "\n" + RULES);
    Outcome outcome =
        patient(Jvm.of(Settings.class))
            .directory(directory)
            .environment("REDIS_URL", redis.uri())
            .setting("config", "conf/shop.yaml")
            .run()
            .succeeded();

    assertCached(outcome);
    assertEquals(1, redis.commands().exists(namespace + ":names:1"));
  }

  @Test
  void theUriOfTheEnvironmentIsStrongerThanRedisUrl() throws IOException {
    Path file = Files.writeString(directory.resolve("elsewhere.yaml"), RULES);
    Outcome outcome =
        patient(Jvm.of(Settings.class))
            .environment("REDIS_URL", "redis://unset.invalid:1")
            .environment("REDISCACHED_REDIS_URI", redis.uri())
            .environment("REDISCACHED_CONFIG", file.toString())
            .setting("namespace", namespace)
            .run()
            .succeeded();

    assertCached(outcome);
    assertEquals(1, redis.commands().exists(namespace + ":names:1"));
  }

  @Test
  void anEmptyFileIsRemarkedOnAndTheAnnotationsCount() throws IOException {
    write("# Nothing yet.\n");
    Outcome outcome = Jvm.of(Settings.class, redis).directory(directory).run().succeeded();

    assertEquals(
        List.of(file() + ": The file is empty. Write settings to it, or remove it."),
        outcome.log());
    assertEquals("2", outcome.value("nameRuns"));
    assertEquals("1", outcome.value("annotatedRuns"));
  }

  @Test
  void anExceptionClassThatDoesNotExistIsReportedOnceAndTheMethodRunsUncached() throws IOException {
    write(
        """
        caches:
          - method: com.acme.settings.Products.name(int)
            cached-exceptions: [com.acme.settings.NoSuchProduct]
        """);
    Outcome outcome = Jvm.of(Settings.class, redis).directory(directory).run().succeeded();

    assertEquals("product-1 product-1", outcome.value("name"));
    assertEquals("2", outcome.value("nameRuns"));
    assertEquals("1", outcome.value("annotatedRuns"));
    assertEquals(
        List.of(
            "WARN com.acme.settings.Products.name(int) is not cached: its class loader finds no"
                + " com.acme.settings.NoSuchProduct, which `cached-exceptions` names. Correct the"
                + " name."),
        outcome.log());
  }

  /**
   * A mistake of a user.
   *
   * @param argument of the agent
   * @param file the content of {@code rediscached.yaml}; empty if there is none
   * @param report the lines on stderr after the first; FILE stands for the file
   */
  private record Mistake(String argument, String file, List<String> report) {

    Mistake(String argument, String file, String... report) {
      this(argument, file, List.of(report));
    }

    @Override
    public String toString() {
      return argument + (file.length() > 200 ? file.substring(0, 200) : file);
    }
  }

  static List<Mistake> mistakes() {
    return List.of(
        new Mistake(
            "config=missing.yaml",
            "",
            "DIRECTORY/missing.yaml: There is no such file. Correct `config`, or remove it to do"
                + " without a file."),
        new Mistake(
            "config=.",
            "",
            "DIRECTORY/.: This is a directory. Write the path of a file to `config`."),
        new Mistake(
            "",
            "namespace: shop\nredis: {uri: x\n",
            "FILE:3: The file is not valid YAML: expected ',' or '}', but got <stream end>. Check"
                + " indentation, brackets and quotes here and in the line before."),
        new Mistake(
            "",
            "redis:\n\ttimeout: 1s\n",
            "FILE:2: The file is not valid YAML: found character '\\t(TAB)' that cannot start any"
                + " token. Write spaces in place of the tab."),
        new Mistake(
            "",
            "# A line of settings.\n".repeat(500_000),
            "FILE: The file is larger than 1 MB. Is it a file of settings?"),
        new Mistake(
            "",
            "caches: &again [*again]\n",
            "FILE:1: A rule is a list, not a map. Write it such as \"- method:"
                + " com.acme.Products.find(..)\"."),
        new Mistake(
            "", bomb(), "FILE: The file has too many aliases. Write the values in their places."),
        new Mistake(
            "redis.timout=1s,namespace=my shop",
            """
            redis:
              uri: reddis://:secret@localhost
            defaults:
              ttl: -5m
              max-value-size: [1, 2]
            enabled: yes
            cahces: []
            """,
            "agent argument: `namespace` is \"my shop\", which has \" \". Write only letters (a to z),"
                + " digits, \".\", \"_\" and \"-\".",
            "agent argument: `redis.timout` is no setting. Did you mean `redis.timeout`?",
            "FILE:2: `redis.uri` is \"reddis://***@localhost\", which has an unknown scheme. Did you"
                + " mean redis://?",
            "FILE:4: `defaults.ttl` is \"-5m\", a negative duration. Write a positive one, such as"
                + " 10m.",
            "FILE:5: `defaults.max-value-size` is a list, not a single value. Write one.",
            "FILE:6: `enabled` is \"yes\", neither true nor false. Write one of them.",
            "FILE:7: `cahces` is no setting. Did you mean `caches`?"));
  }

  /** A few lines that stand for 10 to the power of 20 values. */
  private static String bomb() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 20; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
    }
    return bomb.toString();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreReportedAtOnceAndTheApplicationRunsAsWithoutAnAgent(Mistake mistake)
      throws IOException {
    if (!mistake.file().isEmpty()) {
      write(mistake.file());
    }
    Outcome outcome =
        Jvm.of(Settings.class)
            .withoutAgent()
            .option("-javaagent:" + Jvm.AGENT + "=" + mistake.argument())
            .directory(directory)
            .run()
            .succeeded();

    List<String> expected = new ArrayList<>();
    expected.add(
        "[rediscached] WARN the settings have mistakes; the application runs as if there were no"
            + " agent.");
    for (String line : mistake.report()) {
      expected.add(
          "[rediscached] WARN "
              + line.replace("FILE", file()).replace("DIRECTORY", directory.toString()));
    }
    assertEquals(expected, outcome.err());
    assertEquals("product-1 product-1", outcome.value("name"));
    assertEquals("2", outcome.value("annotatedRuns"));
  }

  private static Jvm patient(Jvm jvm) {
    return jvm.setting("redis.timeout", "5s").setting("redis.connect-timeout", "20s");
  }

  private static void assertCached(Outcome outcome) {
    assertEquals("product-1 product-1", outcome.value("name"));
    assertEquals("1", outcome.value("nameRuns"), outcome.toString());
    assertEquals("annotated-1 annotated-1", outcome.value("annotated"));
    assertEquals("1", outcome.value("annotatedRuns"), outcome.toString());
  }

  private String file() {
    return directory.resolve("rediscached.yaml").toString();
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("rediscached.yaml"), text);
  }
}
