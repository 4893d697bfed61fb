package io.github.rediscached.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"products", "my products", "com.acme.Products.find(long)", "größen", "a~"})
  void usualNamesAreAllowed(String name) {
    assertEquals(name, CacheName.check(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", ":", "{a}", "a}", "a\nb", "a\0"})
  void namesThatWouldMakeKeysAmbiguousAreRefused(String name) {
    assertEquals(
        "is \""
            + name
            + "\", but colons, braces and control characters would make keys ambiguous. Write a"
            + " name without them.",
        mistake(name));
  }

  @Test
  void emptyLongAndReservedNamesAreRefused() {
    assertEquals("is empty. Write a name or remove it.", mistake(" "));
    assertEquals("a".repeat(200), CacheName.check("a".repeat(200)));
    assertEquals("has 201 characters. Write at most 200.", mistake("a".repeat(201)));
    assertEquals(
        "is \"~t\", but \"~\" begins keys of our own. Write another first character.",
        mistake("~t"));
  }

  private static @Nullable String mistake(String name) {
    return assertThrows(IllegalArgumentException.class, () -> CacheName.check(name)).getMessage();
  }
}
