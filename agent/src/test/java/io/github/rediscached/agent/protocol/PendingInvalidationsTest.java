package io.github.rediscached.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PendingInvalidationsTest {

  private final PendingInvalidations pending = new PendingInvalidations(3);

  @Test
  void whatIsAddedConcernsItsReadersUntilItIsDone() {
    assertFalse(pending.concerns(bytes("a")));
    pending.add(bytes("a"), null, bytes("A"));
    pending.add(bytes("b"), null, bytes("B"));

    assertTrue(pending.concerns(bytes("x"), bytes("b")));
    assertFalse(pending.concerns(bytes("x"), bytes("A")));
    assertEquals(2, pending.size());

    pending.done(oldest(1));

    assertFalse(pending.concerns(bytes("a")));
    assertTrue(pending.concerns(bytes("b")));
    pending.done(oldest(10));
    assertTrue(pending.isEmpty());
    assertNull(pending.oldest(10));
  }

  @Test
  void whatIsAddedAgainWhileItIsBeingSentGoesOnWaiting() {
    pending.add(bytes("a"), null, bytes("A"));
    PendingInvalidations.Batch sent = oldest(10);
    pending.add(bytes("a"), null, bytes("A"));

    pending.done(sent);

    assertTrue(pending.concerns(bytes("a")));
    assertFalse(pending.isEmpty());
  }

  @Test
  void whatBelongsTogetherGoesInOneCommandHoweverManyWait() {
    PendingInvalidations many = new PendingInvalidations(100);
    for (int i = 0; i < 50; i++) {
      many.add(bytes("entry" + i), bytes("lease" + i), bytes("cache"));
      many.add(bytes("tag" + i), bytes("tags"), bytes("namespace"));
    }
    for (PendingInvalidations.Batch batch = many.oldest(7); batch != null; batch = many.oldest(7)) {
      List<String> keys = texts(batch);
      for (String key : keys) {
        if (key.startsWith("entry")) {
          assertTrue(keys.contains(key.replace("entry", "lease")), keys::toString);
        } else if (key.matches("tag[0-9]+")) {
          assertTrue(keys.contains("tags"), keys::toString);
        }
      }
      many.done(batch);
    }
    assertTrue(many.isEmpty());
  }

  @Test
  void whereTooManyWaitTheOldestBecomeWhatInvalidatesMore() {
    for (String key : List.of("a1", "a2", "b1", "b2")) {
      pending.add(bytes(key), null, bytes(key.substring(0, 1)));
    }

    // Two keys of a have become one.
    assertEquals(List.of("b1", "b2", "a"), texts(oldest(10)));
  }

  @Test
  void nothingIsEverForgotten() {
    PendingInvalidations few = new PendingInvalidations(10);
    for (int i = 0; i < 10_000; i++) {
      few.add(bytes("cache" + i % 5 + ":" + i), null, bytes("cache" + i % 5));
    }
    for (int i = 0; i < 10_000; i++) {
      assertTrue(
          few.concerns(bytes("cache" + i % 5 + ":" + i), bytes("cache" + i % 5)), "key " + i);
    }
    assertTrue(few.size() <= 10, few.size() + " wait");
  }

  @Test
  void whatHasNothingWiderWaitsAsLongAsItMust() {
    for (String key : List.of("n", "p", "q", "r", "s")) {
      pending.add(bytes(key), null, null);
    }

    assertEquals(5, pending.size());
  }

  private PendingInvalidations.Batch oldest(int count) {
    PendingInvalidations.Batch batch = pending.oldest(count);
    assertNotNull(batch);
    return Objects.requireNonNull(batch);
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
