package io.github.rediscached.agent.jmx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.jmx.application.Application;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What applications with their own logging and JMX get, each in a JVM of its own. */
class ApplicationComesFirstTest {

  private static final String NEVER = "1000000000";
  private static final String PACKAGE = "io.github.rediscached.agent.jmx.application.";
  private static final String OWN_LOG_MANAGER =
      "-Djava.util.logging.manager=" + PACKAGE + "OwnLogManager";
  private static final String OWN_SERVER_BUILDER =
      "-Djavax.management.builder.initial=" + PACKAGE + "OwnServerBuilder";

  private static final List<String> OWN_CLASSES_IN_USE =
      List.of(
          "contextLoaderIsAgents=true",
          "APPLICATION BEGINS",
          "beansInPlatformServer=true",
          "logManager=OwnLogManager",
          "serversBuiltByOwnBuilder=1",
          "APPLICATION ENDS");

  @TempDir Path directory;

  @Test
  void theClassesOfTheCommandLineAreInUseAfterTheAgentWasFirst() throws Exception {
    Run run = run(List.of(OWN_LOG_MANAGER, OWN_SERVER_BUILDER), "own", NEVER, "0");

    assertEquals(OWN_CLASSES_IN_USE, run.out());
    assertEquals(List.of(), run.err());
  }

  @Test
  void theClassesOfTheCommandLineAreInUseAfterTheDelay() throws Exception {
    Run run = run(List.of(OWN_LOG_MANAGER, OWN_SERVER_BUILDER), "delay", "500", NEVER);

    assertEquals(OWN_CLASSES_IN_USE, run.out());
    assertEquals(List.of(), run.err());
  }

  @Test
  void classesNamedInMainWhileLoggingIsBeingLoadedAreInUse() throws Exception {
    Run run = run(List.of(), "ownNamedInMain", NEVER, "2000");

    assertEquals(OWN_CLASSES_IN_USE, run.out());
    assertEquals(List.of(), run.err());
  }

  @Test
  void aLogManagerThatCreatesBeansOfItsOwnIsNotWaitedForWithALockHeld() throws Exception {
    Run run =
        run(
            List.of("-Djava.util.logging.manager=" + PACKAGE + "SlowLogManager"),
            "slowLogManager",
            NEVER,
            "0");

    assertEquals("APPLICATION ENDS", run.out().get(run.out().size() - 1));
    assertTrue(run.out().contains("logManager=SlowLogManager"), run.out().toString());
    assertEquals(List.of(), run.err());
  }

  @Test
  void neitherJmxNorLoggingIsLoadedWhileTheApplicationHasNotLoadedIt() throws Exception {
    Run run = run(List.of("-Xlog:class+load:stdout"), "own", NEVER, "0");

    int begin = run.out().indexOf("APPLICATION BEGINS");
    assertEquals(List.of(), loadedJmxAndLogging(run.out().subList(0, begin)));
    assertTrue(loadedJmxAndLogging(run.out().subList(begin, run.out().size())).size() > 10);
  }

  @Test
  void aJvmWhosePlatformServerCanNotBeCreatedRunsAndSaysWhyThereAreNoBeans() throws Exception {
    Run run = run(List.of("-Djavax.management.builder.initial=com.acme.Gone"), "quiet", "200", "0");

    assertEquals("APPLICATION ENDS", run.out().get(run.out().size() - 1));
    assertEquals(
        List.of(
            "[rediscached] WARN There are no JMX beans of rediscached:"
                + " javax.management.JMRuntimeException: Failed to load MBeanServerBuilder class"
                + " com.acme.Gone: java.lang.ClassNotFoundException: com.acme.Gone."),
        run.err());
  }

  private static List<String> loadedJmxAndLogging(List<String> classLog) {
    return classLog.stream()
        .filter(line -> line.matches(".* (javax\\.management|java\\.util\\.logging)\\..*source:.*"))
        .toList();
  }

  private record Run(List<String> out, List<String> err) {}

  /** Runs {@link Application}; fails if it does not end by itself. */
  private Run run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    String agentClasses = location(BeanRegistration.class);
    String testClasses = location(Application.class);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", testClasses, Application.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of(agentClasses, testClasses));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      List<String> errLines = Files.readAllLines(err, UTF_8);
      assertTrue(ended, "it hangs: " + errLines);
      assertEquals(0, process.exitValue(), errLines::toString);
      return new Run(Files.readAllLines(out, UTF_8), errLines);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String location(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getPath();
  }
}
