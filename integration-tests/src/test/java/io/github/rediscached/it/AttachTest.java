package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.attach.Running;
import com.acme.firststeps.Greetings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that comes while the application runs, or comes twice. */
class AttachTest {

  private static final String AGAIN =
      "WARN the agent of "
          + Jvm.AGENT
          + " is already in this JVM, so its second start changes nothing and the settings given with"
          + " it are ignored. Name the agent once. To change settings, detach it and attach it again, or"
          + " restart the JVM.";

  private final TestRedis redis = TestRedis.shared();
  private final String namespace = TestRedis.newNamespace();

  @Test
  void methodsThatRanBeforeAreCachedFromTheMomentTheAgentIsAttached() {
    try (RunningJvm jvm = Jvm.of(Running.class).withoutAgent().start()) {
      jvm.ask("jmx");
      assertEquals("Hello Ada #1", jvm.ask("greet Ada"));
      assertEquals("Hello Ada #2", jvm.ask("greet Ada"));
      assertEquals("Hello all #3", jvm.ask("greetAll all"));

      // With a mistake nothing changes, and it can be attached again.
      jvm.attachAgent("redis.timout=5s");
      jvm.awaitErr(
          "[rediscached] WARN agent argument: `redis.timout` is no setting. Did you mean `redis.timeout`?");
      assertEquals("Hello Ada #4", jvm.ask("greet Ada"));

      jvm.attachAgent(argument(namespace));
      assertEquals("Hello Ada #5", jvm.ask("greet Ada"));
      assertEquals("Hello Ada #5", jvm.ask("greet Ada"));
      assertEquals("Hello all #6", jvm.ask("greetAll all"));
      assertEquals("Hello all #6", jvm.ask("greetAll all"));
      assertEquals(1, redis.commands().exists(namespace + ":greetings:Ada"));

      // The application has loaded JMX long ago, so the beans come at once.
      long start = System.nanoTime();
      try (Beans beans = Beans.of(jvm)) {
        assertTrue(System.nanoTime() - start < 30_000_000_000L, "the beans are late");
        assertEquals(2, beans.count("greetings", "Requests"));
      }
      assertSecondAttachChangesNothing(jvm, "greet Ada", "Hello Ada #6");
      assertOnlyTheJvmWarnsOfAttaching(jvm.soFar().err());
    }
  }

  @Test
  void attachingToAJvmThatWasStartedWithTheAgentChangesNothing() {
    try (RunningJvm jvm = Jvm.of(Running.class, redis).setting("namespace", namespace).start()) {
      String first = jvm.ask("greet Ada");
      assertSecondAttachChangesNothing(jvm, "greet Ada", first);
      assertOnlyTheJvmWarnsOfAttaching(jvm.soFar().err());
    }
  }

  private void assertSecondAttachChangesNothing(RunningJvm jvm, String call, String answer) {
    String other = TestRedis.newNamespace();
    jvm.attachAgent(argument(other));
    eventually("it says so", () -> jvm.soFar().log().contains(AGAIN));

    assertEquals(answer, jvm.ask(call));
    jvm.ask("greet Bob");
    eventually("stored", () -> redis.commands().exists(namespace + ":greetings:Bob") == 1);
    assertEquals(List.of(), redis.commands().keys(other + ":*"));
  }

  /** JDK 21 and later announce every agent that is loaded dynamically. */
  private static void assertOnlyTheJvmWarnsOfAttaching(List<String> err) {
    for (String line : err) {
      assertTrue(
          line.startsWith("[rediscached] ")
              || line.startsWith("WARNING: A Java agent has been loaded dynamically (")
              || line.startsWith("WARNING: If a serviceability tool is in use, ")
              || line.startsWith("WARNING: If a serviceability tool is not in use, ")
              || line.startsWith("WARNING: Dynamic loading of agents will be disallowed "),
          line);
    }
  }

  @Test
  void theAgentTwiceOnTheCommandLineIsThereOnce() {
    Outcome outcome =
        Jvm.of(Greetings.class, redis)
            .setting("namespace", namespace)
            .option("-javaagent:" + Jvm.AGENT + "=namespace=other")
            .run()
            .succeeded();

    assertEquals("2", outcome.value("runs"));
    assertEquals(List.of(AGAIN), outcome.log());
    assertEquals(1, redis.commands().exists(namespace + ":greetings:Ada"));
  }

  @Test
  void theJarMayStandInAnyFolder(@TempDir Path directory) throws IOException {
    Path folder = Files.createDirectory(directory.resolve("a b+c%20d#e"));
    Path jar = Files.copy(Jvm.AGENT, folder.resolve("agent (1).jar"));
    Outcome outcome =
        Jvm.of(Greetings.class)
            .withoutAgent()
            .option("-javaagent:" + jar + "=" + argument(namespace))
            .run()
            .succeeded();

    assertEquals("2", outcome.value("runs"), outcome.toString());
    assertEquals(List.of(), outcome.err());
  }

  private String argument(String namespace) {
    return "redis.timeout=5s,redis.connect-timeout=20s,redis.uri="
        + redis.uri()
        + ",namespace="
        + namespace;
  }
}
