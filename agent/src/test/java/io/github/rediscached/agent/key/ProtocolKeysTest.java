package io.github.rediscached.agent.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolKeysTest {

  private final ProtocolKeys keys = new ProtocolKeys("shop");

  @Test
  void keysAreThoseOfTheProtocol() {
    assertEquals("shop:~n", text(keys.namespaceVersion()));
    assertEquals("shop:~p", text(keys.patternVersion()));
    assertEquals("shop:~u", text(keys.tagsVersion()));
    assertEquals("shop:~q", text(keys.counter()));
    assertEquals("shop:~r", text(keys.process()));
    assertEquals("shop:~t:product:42", text(keys.tagVersion("product:42")));
    assertEquals("shop:~c:products", text(keys.cacheVersion("products")));
    assertEquals(
        "shop:products:42:~l", text(ProtocolKeys.lease("shop:products:42".getBytes(UTF_8))));
  }

  @Test
  void aLongTagIsADigestAndAShortOneItself() {
    assertEquals("product:42", ProtocolKeys.tag("product:42"));
    String one = ProtocolKeys.tag("x".repeat(100_000));
    assertTrue(one.startsWith("#") && one.length() < 50, one);
    assertEquals(one, ProtocolKeys.tag("x".repeat(100_000)));
    assertNotEquals(one, ProtocolKeys.tag("x".repeat(100_001)));
  }

  @ParameterizedTest
  @CsvSource({
    "shop:products:*, shop:~c:products",
    "shop:products:4?, shop:~c:products",
    "shop:products:, shop:~c:products",
    "shop:pro*:1, shop:~n",
    "shop:*, shop:~n",
    "shop:[ab]:1, shop:~n",
    "shop:~t:*, shop:~n",
    "shop:products, shop:~n",
  })
  void whatInvalidatesMoreThanAPatternIsItsCacheOrEverything(String pattern, String wider) {
    byte[] key = keys.widerThan(pattern);

    assertEquals(wider, key == null ? null : text(key));
  }

  @Test
  void theVersionOfAPatternsCacheIsThatOfItsEntries() {
    for (String cache : List.of("products", "com.acme.Shop.find(long)", "grün 100%")) {
      String pattern = text(keys.entryPrefix(cache)) + "*";
      byte[] wider = keys.widerThan(pattern);
      assertEquals(text(keys.cacheVersion(cache)), wider == null ? null : text(wider));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "shop*", "other:products:*", "", "shop"})
  void aPatternBeyondTheNamespaceIsRefused(String pattern) {
    assertNull(keys.widerThan(pattern));
  }

  private static String text(byte[] key) {
    return new String(key, UTF_8);
  }
}
