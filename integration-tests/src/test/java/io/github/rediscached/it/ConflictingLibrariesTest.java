package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that brings other versions of the libraries in the agent, or another agent. */
class ConflictingLibrariesTest {

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
          "io.github.rediscached.shaded.bytebuddy.jar.asm.ClassReader",
          "io.github.rediscached.shaded.snakeyaml.engine.v2.api.Load",
          "io.github.rediscached.shaded.spring.expression.Expression",
          "io.github.rediscached.shaded.slf4j.Logger",
          "rediscached.io.github.rediscached.agent.Agent");

  @TempDir static Path folder;

  private static ConflictingApplication application;
  private static Outcome without;
  private static Outcome with;

  @BeforeAll
  static void runApplication() {
    application = ConflictingApplication.in(folder);
    without = jvm().withoutAgent().run().succeeded();
    with = jvm().run().succeeded();
  }

  @Test
  void anApplicationWithOtherVersionsOfOurLibrariesRunsUnchanged() {
    assertEquals(ConflictingApplication.RUNS, without.value("runs"));
    assertEquals(ConflictingApplication.RUNS_CACHED, with.value("runs"), with.toString());
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
  void anotherAgentMayStandBeforeOrAfterOurs() {
    for (boolean first : new boolean[] {true, false}) {
      Outcome both =
          jvm()
              .otherAgent(OPEN_TELEMETRY, first)
              .option("-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none")
              .option("-Dotel.logs.exporter=none")
              .run()
              .succeeded();
      assertEquals(ConflictingApplication.RUNS_CACHED, both.value("runs"), both.toString());
      assertEquals(unchanging(without), unchanging(both));
      assertTrue(both.log().isEmpty(), both.toString());
      assertFalse(both.err().stream().anyMatch(line -> line.contains("ERROR")), both.toString());
    }
  }

  @Test
  void settingsOfTheApplicationsSlf4jAreNotForOurs() {
    Outcome outcome =
        jvm()
            .option("-Dslf4j.provider=com.acme.Provider", "-Dslf4j.internal.verbosity=DEBUG")
            .run()
            .succeeded();
    assertEquals(ConflictingApplication.RUNS_CACHED, outcome.value("runs"), outcome.toString());
    assertEquals(without.err(), outcome.err());
  }

  private static Jvm jvm() {
    List<String> names = new ArrayList<>(VISIBLE);
    names.addAll(HIDDEN);
    return application.jvm(names);
  }

  /** What the application says of itself, with the agent or without. */
  private static List<String> unchanging(Outcome outcome) {
    return outcome.out().stream()
        .filter(line -> !line.startsWith("visible=") && !line.startsWith("runs="))
        .toList();
  }
}
