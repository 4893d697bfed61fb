package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.invalidation.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalidations that can't reach Redis, and a Redis that comes back with what it had before. */
class InvalidationOutageTest {

  @TempDir Path database;
  @TempDir Path redisFolder;

  private final String namespace = TestRedis.newNamespace();
  private TestRedis redis;
  private TcpProxy proxy;
  private RunningJvm jvm;
  private RunningJvm other;
  private Beans beans;

  @BeforeEach
  void start() {
    redis = TestRedis.start("--dir", redisFolder.toString());
    proxy = new TcpProxy(redis);
    jvm = shop(proxy.uri());
    other = shop(redis.uri());
    jvm.ask("ping");
    beans = Beans.of(jvm);
    write("42", "10/ann");
    for (String question : new String[] {"byKey 42", "byTag 42", "byOwner 42"}) {
      eventually("cached: " + question, () -> isCached(question));
    }
  }

  @AfterEach
  void end() throws IOException {
    beans.close();
    jvm.close();
    other.close();
    proxy.close();
    redis.close();
  }

  private RunningJvm shop(String uri) {
    return Jvm.of(Shop.class, database.toString())
        .setting("redis.uri", uri)
        .setting("redis.timeout", "200ms")
        .setting("namespace", namespace)
        .start();
  }

  @Test
  void anEvictionThatFindsNoRedisIsRememberedAndArrivesFirst() {
    proxy.refuse(true);
    eventually("the loss is noticed", () -> !(Boolean) beans.get(Beans.REDIS, "Connected"));
    jvm.ask("setByKey 42 11");
    jvm.ask("setByTag 42 11");
    jvm.ask("ownerChanged nobody");
    assertTrue(pending() >= 3, "pending: " + pending());

    write("42", "12/ann");
    proxy.refuse(false);
    // From the first moment on, also while it is being connected.
    for (int i = 0; i < 200; i++) {
      assertEquals("12", jvm.ask("byKey 42"));
      assertEquals("12", jvm.ask("byTag 42"));
    }
    eventually("all have arrived", () -> pending() == 0);
    eventually("the other JVM sees it", () -> other.ask("byKey 42").equals("12"));
    assertEquals("12", other.ask("byTag 42"));
    assertEquals("10", other.ask("byOwner 42"), "whose tag was not invalidated");
  }

  @Test
  void anEvictionWithoutAnAnswerCountsAsNotDone() {
    proxy.hang(true);
    assertEquals("done", jvm.ask("setByKey 42 11"));
    assertEquals("done", jvm.ask("ownerChanged ann"));
    assertTrue(pending() >= 2, "pending: " + pending());
    write("42", "12/ann");
    assertEquals("12", jvm.ask("byKey 42"));
    assertEquals("12", jvm.ask("byOwner 42"));
    proxy.hang(false);
    // Whether it has arrived or not, also where only the entry tells that it has the tag.
    assertEquals("12", jvm.ask("byOwner 42"));

    eventually("it has arrived", () -> pending() == 0);
    for (String question : new String[] {"byKey 42", "byOwner 42"}) {
      assertEquals("12", other.ask(question));
      assertEquals("12", jvm.ask(question));
    }
  }

  @Test
  void anEvictionWorksInAFullRedis() {
    redis.commands().configSet("maxmemory-policy", "noeviction");
    redis.commands().configSet("maxmemory", "1");

    jvm.ask("setByKey 42 11");
    jvm.ask("setByTag 42 11");

    assertEquals(0, pending());
    assertEquals("11", other.ask("byKey 42"));
    assertEquals("11", other.ask("byTag 42"));
    redis.commands().configSet("maxmemory", "0");
  }

  @Test
  void aRedisThatIsRestartedWithOlderDataGivesNoOldAnswer() {
    redis.commands().save();
    jvm.ask("setByKey 42 11");
    jvm.ask("setByTag 42 11");
    other.ask("byKey 42");
    other.ask("byTag 42");

    redis.kill();
    redis.restart();
    assertTrue(redis.commands().exists(namespace + ":products:42") == 1, "the old entry is there");

    for (int i = 0; i < 100; i++) {
      assertEquals("11", other.ask("byKey 42"));
      assertEquals("11", other.ask("byTag 42"));
    }
    eventually("cached again", () -> isCached("byKey 42"));
    assertEquals("11", jvm.ask("byTag 42"));
  }

  @Test
  void whateverRedisForgetsIsAMiss() {
    write("42", "11/ann");
    for (String key :
        redis.commands().keys(namespace + ":~*").stream().sorted().toArray(String[]::new)) {
      // As maxmemory evicts: any key, also those of the protocol.
      redis.commands().del(key);
      String price = jvm.ask("byKey 42");
      assertTrue(price.equals("10") || price.equals("11"), price);
      eventually("cached again", () -> isCached("byTag 42"));
    }
    redis.commands().flushall();
    assertEquals("11", jvm.ask("byKey 42"));
    assertEquals("11", jvm.ask("byOwner 42"));
    eventually("cached again", () -> isCached("byOwner 42"));
  }

  @Test
  void allKeysHaveAnExpiry() {
    jvm.ask("setByTag 42 11");
    jvm.ask("slow a 4");
    other.ask("put 42 12");
    for (String key : redis.commands().keys("*")) {
      assertTrue(redis.commands().ttl(key) > 0, key);
    }
  }

  @Test
  void aLoadThatBeganBeforeAnEvictionIsNotStored() {
    proxy.delay(Duration.ofMillis(1));
    jvm.send("slow b 1");
    eventually("it loads", () -> other.ask("loads slow-b").equals("1"));
    redis.commands().unlink(namespace + ":slow:b", namespace + ":slow:b:~l");

    jvm.awaitOut("1 ");
    assertEquals(0, redis.commands().exists(namespace + ":slow:b"));
  }

  private long pending() {
    return (Long) beans.get(Beans.REDIS, "PendingInvalidations");
  }

  private boolean isCached(String question) {
    String before = other.ask("loads load-42");
    jvm.ask(question);
    other.ask(question);
    return other.ask("loads load-42").equals(before);
  }

  /** Changes the database and tells nobody. */
  private void write(String name, String value) {
    other.ask("write " + name + " " + value);
  }
}
