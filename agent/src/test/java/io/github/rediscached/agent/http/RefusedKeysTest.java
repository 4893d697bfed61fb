package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RefusedKeysTest {

  private static final long NOW = 1_796_000_000_000L;

  private final RefusedKeys keys = new RefusedKeys();

  @Test
  void aKeyIsRememberedForTenSeconds() {
    assertFalse(keys.has("/a", NOW));
    keys.add("/a", NOW);
    assertTrue(keys.has("/a", NOW + 9_000));
    assertFalse(keys.has("/a", NOW + 12_000));
    assertFalse(keys.has("/b", NOW));
  }

  @Test
  void aStoredResponseEndsIt() {
    keys.add("/a", NOW);
    keys.remove("/b");
    assertTrue(keys.has("/a", NOW));
    keys.remove("/a");
    assertFalse(keys.has("/a", NOW));
  }

  @Test
  void manyKeysTakeNoMoreMemory() {
    for (int i = 0; i < 100_000; i++) {
      keys.add("/" + i, NOW);
    }
    assertTrue(keys.has("/99999", NOW));
  }
}
