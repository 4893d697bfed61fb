package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** On one server. */
class InvalidationTest extends InvalidationCases {

  private static final TestRedis REDIS = TestRedis.shared();

  @Override
  Jvm shop() {
    return shop(REDIS.uri());
  }

  /** Else they would become misses as soon as it expires. */
  @Test
  void whatEntriesDependOnIsKept() {
    String entry = namespace + ":tagged:42";
    List<String> ofTags = List.of(namespace + ":~t:product:42", namespace + ":~t:all");
    List<String> versions = new ArrayList<>(ofTags);
    for (String shared : new String[] {"~c:tagged", "~n", "~p", "~u", "~q"}) {
      versions.add(namespace + ":" + shared);
    }
    one.ask("byTag 42");
    eventually("stored", () -> REDIS.commands().exists(entry) == 1);
    expireSoon(versions);
    REDIS.commands().unlink(entry);

    two.ask("byTag 42");

    assertKept(versions);
    eventually("stored", () -> REDIS.commands().exists(entry) == 1);
    expireSoon(ofTags);
    REDIS.commands().unlink(entry);

    two.ask("byTag 42");

    assertKept(ofTags);
  }

  private static void expireSoon(List<String> keys) {
    for (String key : keys) {
      assertTrue(REDIS.commands().expire(key, Duration.ofHours(1)), key);
    }
  }

  private static void assertKept(List<String> keys) {
    for (String key : keys) {
      long millis = REDIS.commands().pttl(key);
      assertTrue(millis > Duration.ofHours(12).toMillis(), key + " has " + millis + " ms left");
    }
  }

  @Test
  void whatHasATagTwiceIsStoredTheFirstTime() {
    one.ask("byTagTwice 42");

    eventually("stored", () -> REDIS.commands().exists(namespace + ":twice:42") == 1);
  }

  @Test
  void aPatternBeyondTheNamespaceDeletesNothingAndSaysSo() {
    REDIS.commands().set("other-" + namespace + ":products:42", "not ours");

    one.ask("fortiesChanged other-" + namespace);

    assertEquals("not ours", REDIS.commands().get("other-" + namespace + ":products:42"));
    one.awaitErr("[rediscached] WARN");
    assertTrue(one.soFar().err().toString().contains("does not begin with the namespace"));
    REDIS.commands().del("other-" + namespace + ":products:42");
  }

  @Test
  void operatorsAreToldWhatBecameOfTheirPattern() {
    one.close();
    one = shop().setting("pattern-wait", "1ms").start();
    cachedIn("byKey 42", "10");
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      many.put(namespace + ":products:many-" + i, "");
    }
    REDIS.commands().mset(many);
    write("42", "11");
    try (Beans beans = Beans.of(one)) {
      assertEquals(-1L, beans.invoke(Beans.AGENT, "invalidatePattern", namespace + ":products:*"));
      assertEquals("11", two.ask("byKey 42"));

      AssertionError refused =
          assertThrows(
              AssertionError.class,
              () -> beans.invoke(Beans.AGENT, "invalidatePattern", "other:products:*"));
      String said = String.valueOf(Objects.requireNonNull(refused.getCause()).getCause());
      assertTrue(
          said.contains(
              "`pattern` is \"other:products:*\", which does not begin with the namespace"),
          said);
    } finally {
      REDIS.commands().unlink(many.keySet().toArray(new String[0]));
    }
  }

  /** As docs/redis.md tells them. */
  @Test
  void otherProgramsEvictByDeletingKeys() {
    cachedIn("byTag 42", "10");
    cachedIn("byKey 42", "10");

    write("42", "11");
    REDIS.commands().unlink(namespace + ":~t:product:42", namespace + ":~u");
    assertEquals("11", two.ask("byTag 42"));
    assertEquals("10", two.ask("byKey 42"));
    REDIS.commands().unlink(namespace + ":products:42", namespace + ":products:42:~l");
    assertEquals("11", two.ask("byKey 42"));

    write("42", "12");
    REDIS.commands().unlink(namespace + ":~c:tagged");
    assertEquals("12", two.ask("byTag 42"));
    assertEquals("11", two.ask("byKey 42"));
    REDIS.commands().unlink(namespace + ":~n");
    assertEquals("12", two.ask("byKey 42"));
  }
}
