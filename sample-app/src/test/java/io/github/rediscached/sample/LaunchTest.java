package io.github.rediscached.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir private Path directory;

  @Test
  void theShopGetsTheAgentItsSettingsAndRedis() throws Exception {
    Path agent = Files.createFile(directory.resolve("agent.jar"));

    var process = Launch.parse("--agent=" + agent, "--server.port=1").process("redis://r:1");

    assertEquals(
        List.of(
            JAVA,
            "-javaagent:" + agent + "=config=sample-app/rediscached.yaml",
            "-jar",
            "sample-app/target/sample-app.jar",
            "--server.port=1"),
        process.command());
    assertEquals("redis://r:1", process.environment().get("REDIS_URL"));
  }

  @Test
  void theLastAgentCountsAndNoneIsNone() {
    var process = Launch.parse("--agent=any.jar", "--agent=none").process("redis://r:1");

    assertEquals(List.of(JAVA, "-jar", "sample-app/target/sample-app.jar"), process.command());
  }

  @Test
  void aMissingAgentIsReportedWithARemedy() {
    Path agent = directory.resolve("agent.jar");

    var e = assertThrows(Failure.class, () -> Launch.parse("--agent=" + agent));

    assertEquals(
        "There is no agent at "
            + agent
            + ". Build it with mvn -pl agent -am package, or run with --agent=none.",
        e.getMessage());
  }
}
