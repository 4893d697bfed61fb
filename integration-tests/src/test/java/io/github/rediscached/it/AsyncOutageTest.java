package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.acme.async.Futures;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers of methods that return futures wait for nothing, and their futures always get done. */
class AsyncOutageTest {

  private final String namespace = TestRedis.newNamespace();
  private TestRedis redis;
  private TcpProxy proxy;

  @BeforeEach
  void start() {
    redis = TestRedis.start();
    proxy = new TcpProxy(redis);
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    redis.close();
  }

  private RunningJvm startJvm(String timeout) {
    RunningJvm jvm =
        Jvm.of(Futures.class)
            .setting("redis.uri", proxy.uri())
            .setting("redis.timeout", timeout)
            .setting("redis.connect-timeout", "20s")
            .setting("namespace", namespace)
            .start();
    AsyncTest.awaitCaching(jvm);
    return jvm;
  }

  private static int runs(RunningJvm jvm) {
    return Integer.parseInt(jvm.ask("runs"));
  }

  @Test
  void aCallerDoesNotWaitForRedis() {
    try (RunningJvm jvm = startJvm("10m")) {
      proxy.hang(true);
      // Its main thread answers, so it has not waited.
      assertEquals("begun", jvm.ask("begin hanging later hanging"));
      assertEquals("pending", jvm.ask("state hanging"));
      proxy.hang(false);
      eventually("Redis has answered", () -> !jvm.ask("state hanging").equals("pending"));

      proxy.delay(Duration.ofMillis(50));
      String value = jvm.ask("get text delayed");
      assertEquals(value, jvm.ask("get text delayed"));
    }
  }

  @Test
  void whenRedisIsTooLateTheMethodRunsOnce() {
    try (RunningJvm jvm = startJvm("200ms")) {
      int runs = runs(jvm);
      proxy.hang(true);
      jvm.ask("together late 8 text late");
      for (int i = 0; i < 8; i++) {
        String name = "late" + i;
        eventually("it is done", () -> jvm.ask("state " + name).startsWith("late #"));
      }
      assertEquals(runs + 8, runs(jvm));
      proxy.hang(false);
      AsyncTest.awaitCaching(jvm);
    }
  }

  @Test
  void whenTheConnectionBreaksTheMethodRuns() {
    try (RunningJvm jvm = startJvm("10m")) {
      int runs = runs(jvm);
      proxy.hang(true);
      jvm.ask("begin broken text broken");
      assertEquals("pending", jvm.ask("state broken"));
      proxy.reset();

      eventually("it is done", () -> jvm.ask("state broken").startsWith("broken #"));
      assertEquals(runs + 1, runs(jvm));
      proxy.hang(false);
      AsyncTest.awaitCaching(jvm);
    }
  }

  @Test
  void whenRedisDiesDuringALoadItsValueArrives() {
    try (RunningJvm jvm = startJvm("5s")) {
      jvm.ask("together load 4 held killed");
      eventually(
          "it is being loaded", () -> redis.commands().exists(namespace + ":held:killed:~l") == 1);
      redis.kill();
      jvm.ask("complete killed value");
      for (int i = 0; i < 4; i++) {
        AsyncTest.awaitState(jvm, "load" + i, "value");
      }

      eventually("runs uncached", () -> !jvm.ask("get text x").equals(jvm.ask("get text x")));
      jvm.ask("get text where");
      assertEquals("main", jvm.ask("thread"));
      redis.restart();
      AsyncTest.awaitCaching(jvm);
      jvm.ask("get text there");
      assertNotEquals("main", jvm.ask("thread"));
    }
  }
}
