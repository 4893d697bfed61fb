package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NearSideTest {

  @Test
  void aValueWeighsByItsObjectsAndItsBytes() {
    assertEquals(0, NearSide.weightOf(0, 0));
    assertEquals(10 * 32 + 100 * 3, NearSide.weightOf(10, 100));
  }

  @Test
  void noValueIsTooLargeToBeTooLarge() {
    assertEquals(Integer.MAX_VALUE, NearSide.weightOf(80_000_000, 1));
    assertEquals(Integer.MAX_VALUE, NearSide.weightOf(1, 800_000_000));
    assertEquals(Integer.MAX_VALUE, NearSide.weightOf(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }
}
