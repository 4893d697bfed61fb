package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.RedisCached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that brings other versions of the libraries in the agent, or another agent. */
class ConflictingLibrariesTest {

  private static final Path LIBRARIES = Path.of("target/conflicting-libraries");
  private static final Path OPEN_TELEMETRY =
      Path.of("target/other-agents/opentelemetry-javaagent.jar");

  private static final List<String> VISIBLE =
      List.of("java.lang.RediscachedBridge", "io.github.rediscached.agent.AgentMain");
  private static final List<String> HIDDEN =
      List.of(
          "io.github.rediscached.agent.Agent",
          "io.github.rediscached.agent.call.CachedCall",
          "io.github.rediscached.shaded.lettuce.core.RedisClient",
          "io.github.rediscached.shaded.netty.util.Version",
          "io.github.rediscached.shaded.reactor.core.publisher.Flux",
          "io.github.rediscached.shaded.kryo.kryo.io.Output",
          "io.github.rediscached.shaded.asm.ClassReader",
          "io.github.rediscached.shaded.snakeyaml.engine.v2.api.Load",
          "io.github.rediscached.shaded.spring.expression.Expression",
          "io.github.rediscached.shaded.slf4j.Logger",
          "rediscached.io.github.rediscached.agent.Agent");

  @TempDir static Path classes;

  private static Outcome without;
  private static Outcome with;

  @BeforeAll
  static void runApplication() throws IOException {
    List<Path> classPath = new ArrayList<>(libraries());
    classPath.add(JavaSources.locationOf(RedisCached.class));
    JavaSources.compile(classes, classPath, "conflict");
    without = application().withoutAgent().run().succeeded();
    with = application().run().succeeded();
  }

  @Test
  void anApplicationWithOtherVersionsOfOurLibrariesRunsUnchanged() {
    assertEquals("20", without.value("runs"));
    assertEquals("10", with.value("runs"), with.toString());
    assertEquals(unchanging(without), unchanging(with));
    assertEquals(without.err(), with.err());
  }

  @Test
  void theApplicationSeesNothingOfTheAgentButItsEntryAndTheBridge() {
    List<String> expected = new ArrayList<>();
    VISIBLE.forEach(name -> expected.add(name + " true"));
    HIDDEN.forEach(name -> expected.add(name + " false"));
    assertEquals(expected, with.values("visible"));
  }

  @Test
  void anotherAgentMayStandBeforeOrAfterOurs() throws IOException {
    for (boolean first : new boolean[] {true, false}) {
      Outcome both =
          application()
              .otherAgent(OPEN_TELEMETRY, first)
              .option("-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none")
              .option("-Dotel.logs.exporter=none")
              .run()
              .succeeded();
      assertEquals("10", both.value("runs"), both.toString());
      assertEquals(unchanging(without), unchanging(both));
      assertTrue(both.log().isEmpty(), both.toString());
      assertFalse(both.err().stream().anyMatch(line -> line.contains("ERROR")), both.toString());
    }
  }

  private static Jvm application() throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of(TestRedis.shared().uri(), TestRedis.newNamespace()));
    arguments.addAll(VISIBLE);
    arguments.addAll(HIDDEN);
    Jvm jvm =
        Jvm.of("com.acme.conflict.ConflictApplication", arguments.toArray(String[]::new))
            .on(TestRedis.shared())
            .classPath(classes);
    libraries().forEach(jvm::classPath);
    return jvm;
  }

  private static List<Path> libraries() throws IOException {
    try (Stream<Path> jars = Files.list(LIBRARIES)) {
      return jars.map(Path::toAbsolutePath).sorted().toList();
    }
  }

  /** What the application says of itself, with the agent or without. */
  private static List<String> unchanging(Outcome outcome) {
    return outcome.out().stream()
        .filter(line -> !line.startsWith("visible=") && !line.startsWith("runs="))
        .toList();
  }
}
