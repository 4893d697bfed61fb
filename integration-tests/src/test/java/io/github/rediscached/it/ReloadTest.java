package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.attach.Leaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that change while the application runs. */
class ReloadTest {

  private static final String RULE =
      """
      caches:
        - method: com.acme.attach.Leaving.plain(..)
          cache: plain
          ttl: %s
      """;

  private final TestRedis redis = TestRedis.shared();
  private final String namespace = TestRedis.newNamespace();

  private static void reload(RunningJvm jvm, String answer) {
    int before = count(jvm, answer);
    jvm.attachAgent("reload");
    eventually("it says so", () -> count(jvm, answer) > before);
  }

  private static int count(RunningJvm jvm, String line) {
    return (int) jvm.soFar().err().stream().filter(each -> each.contains(line)).count();
  }

  private String settings(String rules) {
    return "redis: {uri: \""
        + redis.uri()
        + "\", timeout: 5s, connect-timeout: 20s}\nnamespace: "
        + namespace
        + "\n"
        + rules;
  }

  @Test
  void whatCouldNotBeInvalidatedBeforeIsInvalidatedAfterwards(@TempDir Path folder)
      throws IOException {
    try (TestRedis own = TestRedis.start()) {
      Files.writeString(
          folder.resolve("rediscached.yaml"),
          "redis: {uri: \"" + own.uri() + "\"}\nnear: {enabled: false}\n");
      try (RunningJvm jvm = Jvm.of(Leaving.class).directory(folder).start()) {
        jvm.ask("jmx");
        eventually("all is cached", () -> jvm.ask("all Ada").equals(jvm.ask("all Ada")));
        String before = jvm.ask("all Ada");
        own.freeze();
        jvm.ask("change Ada");
        reload(jvm, "the agent has read its settings anew.");
        own.thaw();
        eventually("all is cached", () -> jvm.ask("all Ada").equals(jvm.ask("all Ada")));
        // The part that was evicted.
        String item = before.substring(0, before.indexOf(' '));
        assertTrue(!jvm.ask("all Ada").startsWith(item + " "), before);
      }
    }
  }

  private static boolean isCached(RunningJvm jvm) {
    return jvm.ask("plain Ada").equals(jvm.ask("plain Ada"));
  }

  @Test
  void rulesComeChangeAndGo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rediscached.yaml");
    Files.writeString(file, settings(""));
    try (RunningJvm jvm = Jvm.of(Leaving.class).directory(folder).start()) {
      jvm.ask("jmx");
      assertNotEquals(jvm.ask("plain Ada"), jvm.ask("plain Ada"));

      Files.writeString(file, settings(RULE.formatted("1h")));
      reload(jvm, "the agent has read its settings anew.");
      eventually("cached", () -> isCached(jvm));
      assertTrue(redis.commands().pttl(namespace + ":plain:Ada") > 600_000);
      try (Beans beans = Beans.of(jvm)) {
        long before = beans.count("plain", "Requests");
        assertTrue(before > 0);

        Files.writeString(file, settings(RULE.formatted("1h")) + "redis.timout: 1s\n");
        reload(jvm, "the settings have mistakes; the agent goes on with those that it has.");
        assertTrue(isCached(jvm));

        Files.writeString(file, settings(RULE.formatted("1m")));
        reload(jvm, "the agent has read its settings anew.");
        redis.commands().unlink(namespace + ":plain:Ada");
        eventually(
            "stored with the new TTL",
            () ->
                isCached(jvm)
                    && redis.commands().pttl(namespace + ":plain:Ada") > 0
                    && redis.commands().pttl(namespace + ":plain:Ada") < 70_000);
        eventually("its figures go on", () -> beans.count("plain", "Requests") > before);
      }

      Files.writeString(file, settings(""));
      reload(jvm, "the agent has read its settings anew.");
      assertNotEquals(jvm.ask("plain Ada"), jvm.ask("plain Ada"));
      assertEquals(0, count(jvm, "exists already"));
    }
  }
}
