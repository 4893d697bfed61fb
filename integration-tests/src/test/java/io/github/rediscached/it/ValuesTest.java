package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.values.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and values between JVMs. */
class ValuesTest {

  private final TestRedis redis = TestRedis.shared();
  private final String namespace = TestRedis.newNamespace();

  @Test
  void jvmsFindEachOthersEntriesForEqualArgumentsAndOnlyForThose() {
    Outcome first = Jvm.of(Reports.class, redis).setting("namespace", namespace).run().succeeded();
    Outcome second =
        Jvm.of(Reports.class, redis, "the same filter, made otherwise")
            .setting("namespace", namespace)
            .run()
            .succeeded();

    assertEquals("3", first.value("runs"));
    assertEquals("0", second.value("runs"));
    assertEquals(first.values("report"), second.values("report"));
    assertEquals(
        "{Integer=[1.50, 10]} {DAYS=2026-02-03 Optional[00000000-0000-0001-0000-000000000002]} null"
            + " whole",
        second.values("report").get(0));
    assertEquals(List.of(), first.err());
    assertEquals(List.of(), second.err());
  }

  @Test
  void twoVersionsOfAClassSideBySideBothGetHitsAndLeaveEachOthersEntriesAlone(
      @TempDir Path directory) throws IOException {
    String key = namespace + ":products:7";
    try (RunningJvm older = older(directory);
        RunningJvm newer = newer(directory)) {
      assertEquals("Product[id=7] #1", older.ask("find"));
      eventually("stored", () -> redis.commands().exists(key) == 1);
      byte[] entry = redis.commands().dump(key);

      assertEquals("Product[id=7, name=x] #1", newer.ask("find"));
      for (int i = 0; i < 3; i++) {
        assertEquals("Product[id=7, name=x] #1", newer.ask("find"));
        assertEquals("Product[id=7] #1", older.ask("find"));
      }
      assertArrayEquals(entry, redis.commands().dump(key));
      assertEquals(2, redis.commands().keys(namespace + ":[^~]*").size());

      // Who deletes the one entry deletes what both of them see.
      redis.commands().del(key);
      eventually("told by Redis", () -> newer.ask("find").equals("Product[id=7, name=x] #2"));
      eventually("told by Redis", () -> older.ask("find").equals("Product[id=7] #2"));
      for (int i = 0; i < 3; i++) {
        assertEquals("Product[id=7, name=x] #2", newer.ask("find"));
        assertEquals("Product[id=7] #2", older.ask("find"));
      }
      assertTrue(older.soFar().err().isEmpty(), older.soFar().toString());
      assertTrue(newer.soFar().err().isEmpty(), newer.soFar().toString());
    }
  }

  @Test
  void bothAreAnsweredFromMemoryAndLearnOfChanges(@TempDir Path directory) throws IOException {
    String key = namespace + ":products:7";
    try (RunningJvm older = older(directory);
        RunningJvm newer = newer(directory)) {
      assertEquals("Product[id=7] #1", older.ask("find"));
      eventually("stored", () -> redis.commands().exists(key) == 1);
      assertEquals("Product[id=7, name=x] #1", newer.ask("find"));
      Beans.awaitNearHit(older, "products", "find");
      Beans.awaitNearHit(newer, "products", "find");
      List<String> variants = redis.commands().keys(key + ":~v*");
      assertEquals(1, variants.size());

      redis.commands().unlink(variants.get(0));

      eventually("told by Redis", () -> newer.ask("find").equals("Product[id=7, name=x] #2"));
      assertEquals("Product[id=7] #1", older.ask("find"));
      Beans.awaitNearHit(newer, "products", "find");

      redis.commands().unlink(key);

      eventually("told by Redis", () -> newer.ask("find").equals("Product[id=7, name=x] #3"));
      eventually("told by Redis", () -> older.ask("find").equals("Product[id=7] #2"));
      Beans.awaitNearHit(older, "products", "find");
      Beans.awaitNearHit(newer, "products", "find");

      redis.commands().unlink(namespace + ":~c:products");

      eventually("told by Redis", () -> newer.ask("find").equals("Product[id=7, name=x] #4"));
      eventually("told by Redis", () -> older.ask("find").equals("Product[id=7] #3"));
    }
  }

  private RunningJvm older(Path directory) throws IOException {
    return start(directory.resolve("older"), "record Product(long id) {}");
  }

  private RunningJvm newer(Path directory) throws IOException {
    return start(directory.resolve("newer"), "record Product(long id, String name) {}");
  }

  private RunningJvm start(Path folder, String product) throws IOException {
    boolean named = product.contains("name");
    Path classes =
        CompiledApplication.compile(
            Files.createDirectory(folder),
            "com.acme.versions.Product",
            "package com.acme.versions; " + product,
            "com.acme.versions.Versions",
            """
            package com.acme.versions;

            public class Versions {
              static int runs;

              @io.github.rediscached.RedisCached(cache = "products")
              static Product find(long id) {
                runs++;
                return new Product(%s);
              }

              public static void main(String[] arguments) throws Exception {
                new com.acme.console.Console().on("find", x -> find(7) + " #" + runs).serve();
              }
            }
            """
                .formatted(named ? "id, \"x\"" : "id"));
    return Jvm.of("com.acme.versions.Versions")
        .classPath(classes)
        .setting("redis.uri", redis.uri())
        .setting("redis.timeout", "5s")
        .setting("redis.connect-timeout", "20s")
        .setting("namespace", namespace)
        .start();
  }
}
