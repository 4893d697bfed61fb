package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.attach.Leaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's jar as a command, typed beside an application that was started without it. */
class CommandLineTest {

  private final TestRedis redis = TestRedis.shared();
  private final String namespace = TestRedis.newNamespace();
  private RunningJvm jvm;
  private String pid;

  @BeforeEach
  void start() {
    jvm = Jvm.of(Leaving.class).withoutAgent().start();
    // It runs, and has not used JMX.
    jvm.ask("threads");
    pid = Long.toString(jvm.pid());
  }

  @AfterEach
  void end() {
    jvm.close();
  }

  private static Outcome command(String... words) {
    return Jvm.ofJar(Jvm.AGENT, words).withoutAgent().run();
  }

  /** As in a JRE or a runtime image, which have no module for attaching. */
  private static Outcome commandOfSmallImage(String... words) {
    return Jvm.ofJar(Jvm.AGENT, words)
        .withoutAgent()
        .option("--limit-modules", "java.base,java.management.rmi")
        .run();
  }

  private String[] attach() {
    return new String[] {
      "attach",
      pid,
      "redis.uri=" + redis.uri(),
      "redis.timeout=5s",
      "redis.connect-timeout=20s",
      "namespace=" + namespace
    };
  }

  /** What list says of the application, in words. */
  private List<String> listed() {
    return command("list").succeeded().out().stream()
        .map(line -> List.of(line.strip().split("\\s+", -1)))
        .filter(words -> words.get(0).equals(pid))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAgentComesShowsItsFiguresAndLeaves() {
    assertEquals("-", listed().get(2));
    assertEquals(Leaving.class.getName(), listed().get(3));

    Outcome attached = command(attach()).succeeded();
    assertTrue(attached.out().get(0).startsWith("attached to " + pid + ", agent "));
    assertEquals("since", listed().get(3));
    eventually("all is cached", () -> jvm.ask("all Ada").equals(jvm.ask("all Ada")));

    List<String> table = command("stats", pid).succeeded().out();
    assertTrue(table.get(0).startsWith("CACHE"), table::toString);
    assertTrue(table.get(0).contains("HIT %"), table::toString);
    assertTrue(table.stream().anyMatch(line -> line.startsWith("items ")), table::toString);
    String json = command("stats", pid, "--json").succeeded().out().get(0);
    assertTrue(json.contains("\"items\":{\"Requests\":"), json);

    String before = jvm.ask("all Ada");
    assertEquals(
        List.of("invalidated"), command("invalidate", pid, "--tag", "item:Ada").succeeded().out());
    String after = jvm.ask("all Ada");
    assertTrue(
        !after.equals(before) && after.endsWith(before.substring(before.indexOf(']'))), after);
    command("invalidate", pid, "--cache", "later").succeeded();
    assertTrue(!jvm.ask("all Ada").equals(after));
    eventually(
        "stored",
        () -> {
          jvm.ask("all Ada");
          return redis.commands().exists(namespace + ":found:Ada") == 1;
        });
    assertEquals(
        List.of("1 entry deleted"),
        command("invalidate", pid, "--key", namespace + ":found:Ada").succeeded().out());

    assertEquals(List.of("detached from " + pid), command("detach", pid).succeeded().out());
    assertEquals("-", listed().get(2));
    assertTrue(!jvm.ask("all Ada").equals(jvm.ask("all Ada")));
  }

  @Test
  void itNeedsNoModuleForAttaching() {
    List<String> words = new ArrayList<>(List.of(attach()));
    commandOfSmallImage(words.toArray(new String[0])).succeeded();
    eventually("all is cached", () -> jvm.ask("all Ada").equals(jvm.ask("all Ada")));
    assertTrue(commandOfSmallImage("stats", pid).succeeded().out().toString().contains("items"));
    commandOfSmallImage("detach", pid).succeeded();
    assertTrue(!jvm.ask("all Ada").equals(jvm.ask("all Ada")));
  }

  @Test
  void jvmsAreFoundByTheirMainClass() {
    Outcome attached =
        command(
                "attach",
                "--include-main",
                "acme.attach.Leaving$",
                "redis.uri=" + redis.uri(),
                "namespace=" + namespace)
            .succeeded();
    assertTrue(attached.out().toString().contains("attached to " + pid), attached::toString);
  }

  @Test
  void whatCanNotBeDoneIsSaid() {
    assertMistake(2, "'atach'", command("atach", pid));
    assertMistake(2, "\"one\" is no PID. list shows the JVMs.", command("attach", "one"));
    assertMistake(2, "Name a JVM by its PID", command("attach"));
    assertMistake(1, "there is no process 4194305.", command("stats", "4194305"));
    assertMistake(1, "the agent is not in JVM " + pid, command("stats", pid));
    assertMistake(1, "the agent is not in JVM " + pid, command("detach", pid));
    assertMistake(
        1,
        "the agent has not started in JVM " + pid + ": its settings have mistakes.",
        command("attach", pid, "redis.timout=1s"));
    command(attach()).succeeded();
    assertMistake(1, "the agent is in JVM " + pid + " already.", command(attach()));
    assertMistake(1, "has no bean", command("invalidate", pid, "--cache", "no such cache"));
    assertMistake(
        1, "does not begin with the namespace", command("invalidate", pid, "--pattern", "*"));
  }

  private static void assertMistake(int code, String message, Outcome outcome) {
    assertEquals(code, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.err().toString().contains(message), outcome::toString);
  }

  @Test
  void aFileIsCheckedWithoutTheApplication(@TempDir Path folder) throws IOException {
    String classes =
        Path.of(Leaving.class.getProtectionDomain().getCodeSource().getLocation().getPath())
            .toString();
    Path annotations =
        Path.of(
            io.github.rediscached.RedisCached.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    Path good =
        Files.writeString(folder.resolve("good.yaml"), rule("com.acme.attach.Running.main"));
    Path bad = Files.writeString(folder.resolve("bad.yaml"), rule("com.acme.attach.Runing.greet"));
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "redis:\n  timout: 5s\n");

    Path one = folder.resolve("classes/com/acme/attach");
    Files.createDirectories(one);
    for (String name : List.of("Running.class", "Greeter.class")) {
      Files.copy(Path.of(classes, "com/acme/attach", name), one.resolve(name));
    }
    String path = folder.resolve("classes") + ":" + annotations;

    Outcome misspelled = command("check", "--config", bad.toString(), "--classpath", path);
    assertEquals(1, misspelled.exitCode(), misspelled::toString);
    assertTrue(
        misspelled.out().contains("cached   com.acme.attach.Running.greet(java.lang.String)"),
        misspelled::toString);
    assertTrue(
        misspelled.out().stream()
            .anyMatch(line -> line.startsWith("mistake  ") && line.contains("Runing")),
        misspelled::toString);

    Outcome unread = command("check", "--config", broken.toString(), "--classpath", path);
    assertEquals(1, unread.exitCode(), unread::toString);
    assertTrue(unread.out().toString().contains("`redis.timout`"), unread::toString);

    Files.writeString(good, "namespace: shop\n");
    Outcome right = command("check", "--config", good.toString(), "--classpath", path).succeeded();
    assertTrue(right.out().contains("no mistakes"), right::toString);
  }

  private static String rule(String method) {
    return "caches:\n  - method: " + method + "(..)\n    ttl: 5m\n";
  }
}
