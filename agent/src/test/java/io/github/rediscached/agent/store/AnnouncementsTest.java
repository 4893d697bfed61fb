package io.github.rediscached.agent.store;

import static io.github.rediscached.agent.store.OwnRedis.all;
import static io.github.rediscached.agent.store.OwnRedis.eventually;
import static io.github.rediscached.agent.store.OwnRedis.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores whose users may not use {@code CLIENT TRACKING}. */
class AnnouncementsTest {

  private static final OwnRedis REDIS =
      new OwnRedis(
          ("--user listener on >s ~* &* +@all -client|tracking"
                  + " --user mute on >s ~* &* +@all -client|tracking -publish"
                  + " --user deaf on >s ~* &* +@all -client|tracking -subscribe"
                  + " --user channelless on >s ~* resetchannels +@all -client|tracking")
              .split(" "));

  private static final String MARK = "ns:~w";

  private final List<String> changed = new ArrayList<>();
  private final AtomicInteger allChanged = new AtomicInteger();

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @AfterEach
  void flush() {
    REDIS.commands().flushall();
  }

  @Test
  void whatOneUnlinksTheOthersAreTold() throws Exception {
    RedisStore listener = proven("listener");
    assertTrue(listener.read(all("ns:a"), true).ask().tracked());
    assertFalse(listener.isTracking());
    assertTrue(listener.isTold());
    String mark = REDIS.commands().get(MARK);
    REDIS.commands().set("ns:a", "1");

    unlink("listener", all("ns:a", "ns:a:~l", "ns:b"));

    eventually("told", () -> told().equals(List.of("ns:a", "ns:b")));
    assertEquals(mark, REDIS.commands().get(MARK));
    assertEquals(1, allChanged.get(), "the mark was made");
  }

  /** Redis tells the default user of changes. */
  @ParameterizedTest
  @ValueSource(strings = {"default", "mute", "channelless"})
  void whatIsUnlinkedAndNotPublishedEndsTheMark(String user) throws Exception {
    RedisStore listener = proven("listener");
    String mark = REDIS.commands().get(MARK);

    long afterwards = System.nanoTime();
    unlink(user, all("ns:a"));

    assertFalse(mark.equals(REDIS.commands().get(MARK)));
    eventually(
        "everything may have changed, before there is another proof",
        () -> {
          listener.prove();
          boolean emptied = allChanged.get() == 2;
          assertTrue(emptied || listener.provenNanos() - afterwards < 0);
          return listener.provenNanos() - afterwards >= 0;
        });
    assertEquals(2, allChanged.get());
  }

  @Test
  void anAnswerIsNoProofWithoutTheMark() throws Exception {
    RedisStore listener = store("listener");
    long before = System.nanoTime();

    for (int i = 0; i < 10; i++) {
      assertEquals(1, listener.read(all("ns:a"), true).ask().values().length);
    }

    assertTrue(listener.provenNanos() - before < 0);
  }

  /** Redis answers a refusal, and a subscription does not have that answer. */
  @ParameterizedTest
  @ValueSource(strings = {"listener", "mute", "deaf", "channelless"})
  void allAnswersAreThoseOfTheirQuestions(String user) throws Exception {
    RedisStore store = store(user);

    for (int i = 0; i < 100; i++) {
      REDIS.commands().set("ns:a", Integer.toString(i));
      RedisStore.Read read = store.read(all("ns:a"), true).ask();
      assertEquals(List.of(Integer.toString(i)), texts(read.values()));
      assertEquals(user.equals("listener"), read.tracked());
    }

    assertEquals(user.equals("listener"), store.isTold());
    assertEquals(0, store.errors());
    assertEquals(0, store.reconnects());
  }

  @Test
  void manyKeysAreUnlinkedAndPublishedByOneCommand() throws Exception {
    RedisStore unused = proven("listener");
    byte[][] keys = new byte[2_500][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ("ns:" + i).getBytes(StandardCharsets.UTF_8);
      REDIS.commands().set("ns:" + i, "x");
    }

    unlink("listener", keys);

    assertEquals(List.of(), REDIS.commands().keys("ns:[0-9]*"));

    eventually("told of each", () -> told().size() == 2_500);
  }

  private static void unlink(String user, byte[][] keys) {
    assertEquals(0, store(user).unlink(keys, RedisStore.ALL_BUCKETS), "buckets left");
  }

  /** One that has asked for the mark often enough. */
  private RedisStore proven(String user) {
    RedisStore store = listening(user);
    long before = System.nanoTime();
    eventually(
        "proven",
        () -> {
          store.prove();
          return store.provenNanos() - before >= 0;
        });
    return store;
  }

  /** One whose listener is this test. */
  private RedisStore listening(String user) {
    RedisStore store = unconnected(user);
    store.onChange(
        new RedisStore.ChangeListener() {
          @Override
          public void changed(byte[] key) {
            synchronized (changed) {
              changed.add(new String(key, StandardCharsets.UTF_8));
            }
          }

          @Override
          public void allChanged() {
            allChanged.incrementAndGet();
          }
        });
    return connected(store);
  }

  /** Without what new connections publish to themselves. */
  private List<String> told() {
    synchronized (changed) {
      return changed.stream().filter(key -> key.startsWith("ns:")).toList();
    }
  }

  /** One that wants to listen, too, but has nothing to say to this test. */
  private static RedisStore store(String user) {
    RedisStore store = unconnected(user);
    store.onChange(
        new RedisStore.ChangeListener() {
          @Override
          public void changed(byte[] key) {}

          @Override
          public void allChanged() {}
        });
    return connected(store);
  }

  private static RedisStore unconnected(String user) {
    String login = user.equals("default") ? "" : user + ":s@";
    return OwnRedis.store(
        REDIS.uri().replace("redis://", "redis://" + login), Duration.ofSeconds(20));
  }

  private static RedisStore connected(RedisStore store) {
    store.connect();
    eventually("connected", store::connected);
    return store;
  }
}
