package io.github.rediscached.agent.near;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NearKeyTest {

  @Test
  void aKeyWeighsByTheLengthOfItsTexts() {
    assertEquals(24, NearKey.of(1, 7L).weight());
    assertEquals(24 + 56 + 2 * 3, NearKey.of(1, "abc").weight());
    assertEquals(32 + 32 + 56 + 2 * 3, NearKey.of(1, 7, "abc").weight());
    assertEquals(48 + 32 + 32 + 56 + 2 * 3, NearKey.of(1, new Object[] {7, 8, "abc"}).weight());
  }

  @Test
  void noTextIsTooLongToWeighMuch() {
    assertEquals(56 + 2L * Integer.MAX_VALUE, NearKey.weightOfText(Integer.MAX_VALUE));
  }
}
