package io.github.rediscached.agent.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.protocol.CallKeys;
import org.junit.jupiter.api.Test;

class ExpectedTagsTest {

  private final ExpectedTags expected = new ExpectedTags();

  private static byte[] key(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void nothingIsExpectedOfAnEntryThatWasNeverSeen() {
    assertNull(expected.of(key("a")));
    expected.saw(key("b"), new byte[][] {key("tag")});
    assertNull(expected.of(key("a")));
  }

  @Test
  void whatWasSeenLastIsExpected() {
    expected.saw(key("a"), new byte[][] {key("old")});
    byte[][] tags = {key("new"), key("other")};
    expected.saw(key("a"), tags);
    assertSame(tags, expected.of(key("a")));
  }

  @Test
  void thatThereWasNoTagIsKnownToo() {
    expected.saw(key("a"), CallKeys.NONE);
    assertSame(CallKeys.NONE, expected.of(key("a")));
  }

  @Test
  void manyTagsAreNotKept() {
    expected.saw(key("a"), new byte[17][0]);
    assertNull(expected.of(key("a")));
  }

  @Test
  void anotherKeyInTheSamePlaceIsNotMistaken() {
    // Texts whose hash codes are equal, so that they have one place.
    expected.saw(key("Aa"), new byte[][] {key("first")});
    byte[][] second = {key("second")};
    expected.saw(key("BB"), second);
    assertNull(expected.of(key("Aa")));
    assertSame(second, expected.of(key("BB")));
  }

  @Test
  void aFewKeysHardlyEverKeepEachOtherOut() {
    byte[][] tags = {key("tag")};
    for (int i = 0; i < 64; i++) {
      expected.saw(key("shop:orders:" + i), tags);
    }
    int known = 0;
    for (int i = 0; i < 64; i++) {
      known += expected.of(key("shop:orders:" + i)) == null ? 0 : 1;
    }
    assertTrue(known >= 60, known + " of 64");
  }
}
