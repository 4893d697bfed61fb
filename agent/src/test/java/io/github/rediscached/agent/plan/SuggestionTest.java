package io.github.rediscached.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> NAMES =
      List.of("ttl", "cache", "cache-null", "redis.timeout", "redis.connect-timeout", "method");

  @ParameterizedTest
  @CsvSource({
    "tll, ttl",
    "tl, ttl",
    "ttls, ttl",
    "TTL, ttl",
    "cahce, cache",
    "cacheNull, cache-null",
    "cachenull, cache-null",
    "redis.timout, redis.timeout",
    "timeout, redis.timeout",
    "redis.connectTimeout, redis.connect-timeout",
    "methods, method",
  })
  void findsWhatWasMeant(String word, String meant) {
    assertEquals(meant, Suggestion.nearest(word, NAMES));
  }

  @ParameterizedTest
  @CsvSource({"x", "''", "ltt", "expiry", "redis", "out"})
  void doesNotGuessWildly(String word) {
    assertNull(Suggestion.nearest(word, NAMES));
  }

  @Test
  void theFirstOfEquallyCloseOnesWins() {
    assertEquals("ab1", Suggestion.nearest("ab", List.of("ab1", "ab2")));
  }

  @Test
  void hugeWordsAreDismissedAtOnce() {
    assertNull(Suggestion.nearest("t".repeat(1_000_000), NAMES));
    assertNull(Suggestion.nearest("ttl", List.of("t".repeat(1_000_000))));
    assertNull(Suggestion.nearest("ttl", List.of()));
  }
}
