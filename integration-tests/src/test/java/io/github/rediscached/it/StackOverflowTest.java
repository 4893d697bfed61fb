package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.runaway.Runaway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack that overflows in one thread is nothing to the others. */
class StackOverflowTest {

  private static final int TIMES = 4;
  private static final int CHILDREN = 7;

  private static RunningJvm jvm;
  private static Beans beans;

  @BeforeAll
  static void start() throws Exception {
    jvm =
        Jvm.of(Runaway.class, TestRedis.shared())
            .setting("namespace", TestRedis.newNamespace())
            .setting("defaults.ttl", "1h")
            .start();
    eventually(
        "cached",
        () -> jvm.ask("stock 1").equals(jvm.ask("stock 1")) && jvm.ask("far 1").equals("far 1"));
    beans = Beans.of(jvm);
  }

  @AfterAll
  static void stop() {
    beans.close();
    jvm.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"far", "near", "later"})
  void callsNearTheEndOfTheStackDoNotAskRedis(String cache) {
    jvm.ask(cache + " 1");
    long bypasses = beans.count(cache, "Bypasses");
    jvm.ask("overflowElsewhere " + cache);

    assertTrue(beans.count(cache, "Bypasses") > bypasses);
  }

  @ParameterizedTest
  @ValueSource(strings = {"far", "near", "later", "change"})
  void othersGoOnAndEvictionsReachRedis(String kind) {
    for (int i = 0; i < CHILDREN; i++) {
      jvm.ask("stock " + i);
    }
    assertTimeoutPreemptively(
        Eventually.PATIENCE,
        () -> {
          assertEquals("overflowed", jvm.ask("overflow " + kind + " " + TIMES));
          for (int i = 0; i < CHILDREN; i++) {
            assertEquals("far " + i, jvm.ask("far " + i));
            assertEquals("near " + i, jvm.ask("near " + i));
            assertEquals("later " + i, jvm.ask("later " + i));
            String changed = jvm.ask("change " + i);
            assertEquals(changed, jvm.ask("stock " + i));
            assertEquals(changed, jvm.ask("stock " + i));
          }
        });
  }
}
