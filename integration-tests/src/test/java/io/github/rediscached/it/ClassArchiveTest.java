package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.firststeps.Greetings;
import io.github.rediscached.RedisCached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applications that start from an archive of their classes: AppCDS, and the AOT cache of JDK 24.
 */
class ClassArchiveTest {

  @TempDir Path folder;

  @Test
  void anAppCdsArchiveKeepsServingTheClassesOfTheApplication() throws IOException {
    ConflictingApplication application = ConflictingApplication.in(folder);
    Path archive = folder.resolve("application.jsa");
    application.jvm(List.of()).withoutAgent().option("-XX:ArchiveClassesAtExit=" + archive).run();

    Path without = folder.resolve("without.txt");
    Path with = folder.resolve("with.txt");
    Outcome outcome = application.jvm(List.of()).withoutAgent().archive(archive, without).run();
    Outcome cached = application.jvm(List.of()).archive(archive, with).run().succeeded();

    assertEquals(ConflictingApplication.RUNS, outcome.succeeded().value("runs"));
    assertEquals(ConflictingApplication.RUNS_CACHED, cached.value("runs"));
    long archived = archivedClasses(without);
    assertTrue(archived > 2_000, "the archive served " + archived + " classes");
    assertTrue(
        archivedClasses(with) > 0.95 * archived,
        "with the agent the archive served " + archivedClasses(with) + " classes of " + archived);
  }

  @Test
  @EnabledForJreRange(minVersion = 25)
  void anAotCacheMadeWithTheAgentServesAndCaches() {
    Path cache = folder.resolve("with-agent.aot");
    greetings().option("-XX:AOTCacheOutput=" + cache).run().succeeded();

    Outcome outcome = greetings().option("-XX:AOTCache=" + cache, "-XX:AOTMode=on").run();

    assertEquals("2", outcome.succeeded().value("runs"), outcome.toString());
    assertTrue(outcome.err().isEmpty(), outcome.toString());
  }

  @Test
  @EnabledForJreRange(minVersion = 25)
  void anAotCacheMadeWithoutTheAgentHasTheClassesLoadedBeforeItAndTheyAreCachedAllTheSame() {
    Path cache = folder.resolve("without-agent.aot");
    greetings()
        .withoutAgent()
        .option("--add-modules=java.instrument", "-XX:AOTCacheOutput=" + cache)
        .run()
        .succeeded();

    Outcome outcome = greetings().option("-XX:AOTCache=" + cache, "-XX:AOTMode=on").run();

    assertEquals("2", outcome.succeeded().value("runs"), outcome.toString());
    assertTrue(outcome.err().isEmpty(), outcome.toString());
  }

  /** The JVM itself refuses it, since an agent brings the module java.instrument. */
  @Test
  @EnabledForJreRange(minVersion = 25)
  void anAotCacheThatTheJvmRefusesChangesNothing() {
    Path cache = folder.resolve("plain.aot");
    greetings().withoutAgent().option("-XX:AOTCacheOutput=" + cache).run().succeeded();

    Outcome outcome = greetings().option("-XX:AOTCache=" + cache).run().succeeded();

    assertEquals("2", outcome.value("runs"), outcome.toString());
    assertTrue(outcome.log().isEmpty(), outcome.toString());
  }

  private Jvm greetings() {
    Path jar = folder.resolve("greetings.jar");
    if (!Files.exists(jar)) {
      JavaSources.jar(jar, JavaSources.locationOf(Greetings.class), "com/acme/firststeps");
    }
    return Jvm.of(Greetings.class, TestRedis.shared())
        .onlyClassPath(jar)
        .library(RedisCached.class);
  }

  private static long archivedClasses(Path classLoadLog) throws IOException {
    try (Stream<String> lines = Files.lines(classLoadLog)) {
      return lines.filter(line -> line.endsWith("shared objects file (top)")).count();
    }
  }
}
