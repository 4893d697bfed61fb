package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.outages.Outages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User and password that a file or a command tells, and that change while the application runs. */
class CredentialsTest {

  private static final String FIRST = "first-Secret";
  private static final String SECOND = "second-Secret";

  @TempDir Path directory;
  private TestRedis redis;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    redis = TestRedis.start();
    redis.uriOf("blue", FIRST, "~*", "+@all");
    redis.uriOf("green", SECOND, "~*", "+@all");
    redis.uriOf("default", "nobody", "resetpass", "off");
    file = Files.writeString(directory.resolve("login"), "blue\n" + FIRST + "\n");
  }

  @AfterEach
  void end() {
    redis.close();
  }

  /** As Kubernetes and Vault do it, with two users in turn. */
  @Test
  void aConnectionLogsInAnewWhenTheFileHasChangedAndLives() throws IOException {
    try (RunningJvm jvm = jvm("file:" + file).start()) {
      awaitCaching(jvm);
      String before = client("blue");
      write("green\n" + SECOND);
      eventually("logged in as the other", () -> client("green").equals(before));

      assertEquals(List.of(), jvm.soFar().log());
    }
  }

  @Test
  void aConnectionThatIsMadeAnewUsesWhatTheFileSaysThen() throws IOException {
    try (RunningJvm jvm = jvm("file:" + file).start()) {
      awaitCaching(jvm);
      write("green\r\n" + SECOND + "\r\n");
      redis.commands().aclDeluser("blue");
      eventually("connected as the other", () -> !client("green").isEmpty());
      awaitCaching(jvm);

      assertShowsNoSecret(jvm);
    }
  }

  @Test
  void aPasswordAloneIsThatOfTheDefaultUser() throws IOException {
    redis.uriOf("default", FIRST, "~*", "+@all");
    write(FIRST);
    try (RunningJvm jvm = jvm("file:" + file).start()) {
      awaitCaching(jvm);
      assertFalse(client("default").isEmpty());
    }
  }

  @Test
  void aPasswordThatIsWrongAtFirstIsReadAgainAndNeverShown() throws IOException {
    write("blue\n" + SECOND);
    try (RunningJvm jvm = jvm("file:" + file).start()) {
      String line = jvm.awaitErr("[rediscached] WARN can't connect to Redis");
      assertTrue(line.contains("WRONGPASS"), line);
      assertTrue(line.contains("`redis.credentials`"), line);
      write("blue\n" + FIRST);
      awaitCaching(jvm);

      assertShowsNoSecret(jvm);
    }
  }

  /** The file may be ahead of Redis. */
  @Test
  void aNewPasswordThatRedisDoesNotKnowYetIsTriedAgain() throws IOException {
    try (RunningJvm jvm = jvm("file:" + file).start()) {
      awaitCaching(jvm);
      String before = client("blue");
      write("red\n" + SECOND);
      jvm.awaitErr("[rediscached] WARN Redis has refused the new user and password");
      redis.uriOf("red", SECOND, "~*", "+@all");
      eventually("logged in as the other", () -> client("red").equals(before));

      assertShowsNoSecret(jvm);
    }
  }

  @Test
  void aFileThatIsGoneOrUnreadableForAWhileDoesNoHarm() throws IOException {
    try (RunningJvm jvm = jvm("file:" + file).start()) {
      awaitCaching(jvm);
      write("one\n" + FIRST + "\n" + SECOND);
      String line = jvm.awaitErr("[rediscached] WARN the file of `redis.credentials` has 3 lines");
      assertTrue(line.contains("known before are used"), line);
      Files.delete(file);
      jvm.awaitErr("[rediscached] WARN the file of `redis.credentials` can't be read");
      awaitCaching(jvm);

      assertShowsNoSecret(jvm);
    }
  }

  @Test
  void aCommandIsRunAgainAndItsFailuresChangeNothing() throws IOException {
    Path script =
        Files.writeString(
            directory.resolve("get token.sh"),
            """
            #!/bin/sh
            echo "$2" >> runs
            cat "$1"
            echo "secret on stderr: %s" >&2
            test ! -e fail || exit 3
            """
                .formatted(FIRST));
    assertTrue(script.toFile().setExecutable(true));
    try (RunningJvm jvm =
        jvm("command: '" + script + "' " + file + " \"two words\"")
            .setting("redis.credentials-refresh", "1s")
            .directory(directory)
            .start()) {
      awaitCaching(jvm);
      Files.createFile(directory.resolve("fail"));
      String line = jvm.awaitErr("[rediscached] WARN the command of `redis.credentials`");
      assertTrue(line.contains("has ended with exit code 3"), line);
      String before = client("blue");
      write("green\n" + SECOND);
      Files.delete(directory.resolve("fail"));
      eventually("logged in as the other", () -> client("green").equals(before));

      assertEquals("two words", Files.readAllLines(directory.resolve("runs")).get(0));
      assertShowsNoSecret(jvm);
    }
  }

  @Test
  void aCommandThatHangsIsEndedAndTheMethodsRun() throws IOException {
    try (RunningJvm jvm = jvm("command:/bin/sleep 1000").start()) {
      assertEquals(1, runs(jvm, "EUR"));
      String line = jvm.awaitErr("[rediscached] WARN can't connect to Redis");
      assertTrue(line.contains("has not ended within 10 seconds"), line);
    }
  }

  @Test
  void mistakesAreReportedAtTheStart() {
    try (RunningJvm jvm =
        Jvm.of(Outages.class)
            .setting("redis.uri", "redis://blue:" + FIRST + "@localhost:" + redis.port())
            .setting("redis.credentials", "file:" + file)
            .start()) {
      assertEquals("pong", jvm.ask("ping"));
      assertEquals(
          "WARN agent argument: `redis.credentials` tells user and password, and so does"
              + " `redis.uri`, which is \"redis://***@localhost:"
              + redis.port()
              + "\". Remove one of them.",
          jvm.soFar().log().get(1));
    }
  }

  private Jvm jvm(String credentials) {
    return Jvm.of(Outages.class)
        .setting("redis.uri", "redis://localhost:" + redis.port())
        .setting("redis.credentials", credentials)
        .setting("redis.timeout", "5s")
        .setting("redis.connect-timeout", "20s")
        .setting("namespace", TestRedis.newNamespace());
  }

  private void write(String login) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), login);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The number of the connection that the application has as this user; empty if it has none. */
  private String client(String user) {
    for (String line : redis.commands().clientList().lines().toList()) {
      if (line.contains(" user=" + user + " ") && isOfAgent(line)) {
        return line.substring(0, line.indexOf(' '));
      }
    }
    return "";
  }

  /** The other one is that of the test, which was made first. */
  private boolean isOfAgent(String line) {
    return !line.startsWith("id=" + redis.commands().clientId() + " ");
  }

  private static void assertShowsNoSecret(RunningJvm jvm) {
    String all = jvm.soFar().toString();
    assertFalse(all.contains(FIRST) || all.contains(SECOND), all);
  }

  /** Until a call of {@link Outages} is a hit. */
  static void awaitCaching(RunningJvm jvm) {
    int[] names = {0};
    eventually(
        "results are cached",
        () -> {
          String name = "C" + System.nanoTime() + "-" + names[0]++;
          int first = runs(jvm, name);
          return runs(jvm, name) == first;
        });
  }

  /** How often its method has run, after one more call. */
  static int runs(RunningJvm jvm, String name) {
    return Integer.parseInt(jvm.ask("rate " + name).split(" ", -1)[1]);
  }
}
