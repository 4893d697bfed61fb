package io.github.rediscached.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.store.RedisStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PendingInvalidationsTest {

  private static final long ALL = RedisStore.ALL_BUCKETS;

  private long now = 1_000;

  private final PendingInvalidations pending = new PendingInvalidations(3, () -> now);

  @Test
  void whatIsAddedConcernsItsReadersUntilItIsDone() {
    assertFalse(pending.concerns(now, ALL, bytes("a")));
    pending.add(bytes("a"), null, bytes("A"), ALL);
    pending.add(bytes("b"), null, bytes("B"), ALL);

    assertTrue(pending.concerns(now, ALL, bytes("x"), bytes("b")));
    assertFalse(pending.concerns(now, ALL, bytes("x"), bytes("A")));
    assertEquals(2, pending.size());

    pending.done(first(1), ALL);

    assertFalse(pending.concerns(now, ALL, bytes("a")));
    assertTrue(pending.concerns(now, ALL, bytes("b")));
    pending.done(first(10), ALL);
    assertTrue(pending.isEmpty());
    assertEquals(List.of(), pending.batches(10));
  }

  @Test
  void whatIsDoneInSomeBucketsWaitsInTheOthers() {
    pending.add(bytes("a"), bytes("companion"), bytes("A"), ALL);

    pending.done(first(10), 0b1101);

    assertFalse(pending.concerns(now, 0b0100, bytes("a")));
    assertTrue(pending.concerns(now, 0b0010, bytes("a")));
    assertEquals(List.of("companion", "a"), texts(first(10)));
    assertEquals(~0b1101, first(10).buckets());

    pending.add(bytes("a"), bytes("companion"), bytes("A"), 0b0100);
    assertTrue(pending.concerns(now, 0b0100, bytes("a")));
    assertTrue(pending.concerns(now, 0b0010, bytes("a")));
    pending.done(first(10), ~0b0010);
    pending.done(first(10), 0b0010);
    assertTrue(pending.isEmpty());
  }

  @Test
  void whatBecomesWiderWaitsWhereEitherHasWaited() {
    pending.add(bytes("A"), null, null, 0b0001);
    for (String key : List.of("a1", "b1", "b2")) {
      pending.add(bytes(key), null, bytes(key.substring(0, 1).toUpperCase(Locale.ROOT)), 0b0010);
    }

    assertEquals(List.of("b1", "b2", "A"), texts(first(10)));
    assertTrue(pending.concerns(now, 0b0001, bytes("A")));
    assertTrue(pending.concerns(now, 0b0010, bytes("A")));
    assertFalse(pending.concerns(now, 0b0100, bytes("A")));
  }

  @Test
  void whatIsDoneConcernsThoseThatBeganBefore() {
    pending.add(bytes("a"), null, bytes("A"), ALL);
    long before = now;
    now += 10;
    pending.done(first(10), 0b0110);

    assertTrue(pending.mayConcern(before));
    assertTrue(pending.concerns(before, 0b0010, bytes("a")));
    assertFalse(pending.concerns(before, 0b0010, bytes("b")));
    assertFalse(pending.concerns(now, 0b0010, bytes("a")));
    pending.done(first(10), ALL);
    assertTrue(pending.isEmpty());
    assertTrue(pending.mayConcern(before));
    assertTrue(pending.concerns(before, 0b0001, bytes("a")));
    assertFalse(pending.mayConcern(now));
  }

  @Test
  void whereTooManyAreDoneAllThatBeganBeforeAreConcerned() {
    long before = now;
    for (String key : List.of("a", "b", "c", "d")) {
      pending.add(bytes(key), null, bytes("wider"), ALL);
      now += 10;
      pending.done(first(10), ALL);
    }

    assertTrue(pending.concerns(before, ALL, bytes("a")));
    assertTrue(pending.concerns(before, ALL, bytes("any")));
    assertTrue(pending.concerns(before + 15, ALL, bytes("b")));
    assertFalse(pending.concerns(before + 15, ALL, bytes("any")));
  }

  @Test
  void whatIsAddedAgainWhileItIsBeingSentGoesOnWaiting() {
    pending.add(bytes("a"), null, bytes("A"), ALL);
    PendingInvalidations.Batch sent = first(10);
    pending.add(bytes("a"), null, bytes("A"), ALL);

    pending.done(sent, ALL);

    assertTrue(pending.concerns(now, ALL, bytes("a")));
    assertFalse(pending.isEmpty());
  }

  @Test
  void whatBelongsTogetherGoesInOneCommandHoweverManyWait() {
    PendingInvalidations many = new PendingInvalidations(100, () -> now);
    for (int i = 0; i < 50; i++) {
      many.add(bytes("entry" + i), bytes("lease" + i), bytes("cache"), ALL);
      many.add(bytes("tag" + i), bytes("tags"), bytes("namespace"), ALL);
    }
    for (PendingInvalidations.Batch batch : many.batches(7)) {
      List<String> keys = texts(batch);
      for (String key : keys) {
        if (key.startsWith("entry")) {
          assertTrue(keys.contains(key.replace("entry", "lease")), keys::toString);
        } else if (key.matches("tag[0-9]+")) {
          assertTrue(keys.contains("tags"), keys::toString);
        }
      }
      many.done(batch, ALL);
    }
    assertTrue(many.isEmpty());
  }

  @Test
  void whereTooManyWaitTheOldestBecomeWhatInvalidatesMore() {
    for (String key : List.of("a1", "a2", "b1", "b2")) {
      pending.add(bytes(key), null, bytes(key.substring(0, 1)), ALL);
    }

    // Two keys of a have become one.
    assertEquals(List.of("b1", "b2", "a"), texts(first(10)));
  }

  @Test
  void nothingIsEverForgotten() {
    PendingInvalidations few = new PendingInvalidations(10, () -> now);
    for (int i = 0; i < 10_000; i++) {
      few.add(bytes("cache" + i % 5 + ":" + i), null, bytes("cache" + i % 5), ALL);
    }
    for (int i = 0; i < 10_000; i++) {
      assertTrue(
          few.concerns(now, ALL, bytes("cache" + i % 5 + ":" + i), bytes("cache" + i % 5)),
          "key " + i);
    }
    assertTrue(few.size() <= 10, few.size() + " wait");
  }

  @Test
  void whatHasNothingWiderWaitsAsLongAsItMust() {
    for (String key : List.of("n", "p", "q", "r", "s")) {
      pending.add(bytes(key), null, null, ALL);
    }

    assertEquals(5, pending.size());
  }

  private PendingInvalidations.Batch first(int count) {
    return pending.batches(count).get(0);
  }

  private static List<String> texts(PendingInvalidations.Batch batch) {
    List<String> texts = new ArrayList<>();
    for (byte[] key : batch.keys()) {
      texts.add(new String(key, UTF_8));
    }
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
