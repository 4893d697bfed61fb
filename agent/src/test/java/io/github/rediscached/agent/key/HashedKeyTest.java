package io.github.rediscached.agent.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys in which nothing can be read but the names of namespace and cache. */
class HashedKeyTest {

  /** In place of one under a secret. */
  private static final KeyHash HASH = text -> Sha256.of(text, text.length);

  private final KeyPlan plan = plan("users", HASH);
  private final ProtocolKeys keys = new ProtocolKeys("shop", HASH);

  private static KeyPlan plan(String cache, @Nullable KeyHash hash) {
    return new KeyPlan("shop", cache, List.of(String.class), new int[] {0}, null, type -> {}, hash);
  }

  @Test
  void argumentsAreADigestOfTheWholeKey() throws Exception {
    String key = key(plan, "anna@example.com");

    assertTrue(key.matches("shop:users:#[0-9a-f]{32}"), key);
    assertEquals(key, key(plan, "anna@example.com"));
    assertNotEquals(key, key(plan, "anna@example.co"));
    // Equal arguments of two caches have different digests.
    assertFalse(key(plan("mails", HASH), "anna@example.com").endsWith(key.substring(11)));
  }

  @Test
  void whateverWouldBeADigestWithoutASecretIsOneWithIt() throws Exception {
    String plain = key(plan("users", null), "x".repeat(1_000));
    String key = key(plan, "x".repeat(1_000));

    assertTrue(plain.matches("shop:users:#[0-9a-f]{32}"), plain);
    assertTrue(key.matches("shop:users:#[0-9a-f]{32}"), key);
    assertNotEquals(plain, key);
  }

  @Test
  void anExplicitKeyNamesTheSameEntryAsTheArgument() throws Exception {
    assertArrayEquals(
        plan.key(null, new Object[] {"anna@example.com"}), plan.keyOf("anna@example.com"));
    assertTrue(new String(plan.keyOf(null), UTF_8).matches("shop:users:#[0-9a-f]{32}"));
    assertTrue(new String(plan.keyOf(List.of(1, 2)), UTF_8).matches("shop:users:#[0-9a-f]{32}"));
  }

  @Test
  void aTagIsADigestWhoeverNamesIt() {
    String name = ProtocolKeys.tag("user:anna@example.com", HASH);
    String version = new String(keys.tagVersion(name), UTF_8);

    assertTrue(version.matches("shop:~t:#[0-9a-f]{32}"), version);
    assertEquals(version, new String(keys.versionOfTag("user:anna@example.com"), UTF_8));
    String longTag = "x".repeat(1_000);
    assertArrayEquals(keys.tagVersion(ProtocolKeys.tag(longTag, HASH)), keys.versionOfTag(longTag));
    assertArrayEquals(keys.versionOfTag(longTag), keys.versionOfTag(ProtocolKeys.tag(longTag)));
  }

  @Test
  void withoutASecretNothingChanges() throws Exception {
    ProtocolKeys plain = new ProtocolKeys("shop");

    assertEquals("shop:users:anna@example.com", key(plan("users", null), "anna@example.com"));
    assertEquals("shop:~t:user:1", new String(plain.versionOfTag("user:1"), UTF_8));
    assertFalse(plain.areHashed());
    assertTrue(keys.areHashed());
  }

  private static String key(KeyPlan with, String argument) throws UnkeyableException {
    return new String(with.key(null, new Object[] {argument}), UTF_8);
  }
}
