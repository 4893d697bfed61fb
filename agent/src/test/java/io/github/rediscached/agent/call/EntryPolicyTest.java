package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryPolicyTest {

  private static final EntryPolicy PLAIN =
      new EntryPolicy(Duration.ofSeconds(10), 0.2, 1_000, null, null);
  private static final EntryPolicy REFRESHED =
      PLAIN.with(null, Duration.ofSeconds(5), Duration.ofMinutes(1));

  @Test
  void entriesOfOneMomentEndAtDifferentTimesAndNeverLaterThanTheirTtl() {
    Random random = new Random(1);
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (int i = 0; i < 10_000; i++) {
      long ttl = PLAIN.ttlMillis(random);
      shortest = Math.min(shortest, ttl);
      longest = Math.max(longest, ttl);
    }
    assertTrue(shortest >= 8_000 && shortest < 8_050, "shortest " + shortest);
    assertTrue(longest <= 10_000 && longest > 9_950, "longest " + longest);
  }

  @Test
  void aMethodThatSaysNothingIsNeitherRefreshedNorServedStale() {
    EntryPolicy policy = REFRESHED.with(Duration.ofHours(1), null, null);

    assertEquals(Duration.ofHours(1), policy.ttl());
    assertEquals(0, policy.staleOnErrorMillis());
    assertFalse(policy.isToBeRefreshed(Long.MAX_VALUE / 2, 1, new Random(1)));
  }

  @Test
  void anOldEntryIsRefreshedForCertainAndAYoungOneTheSoonerTheLongerItsLoad() {
    assertEquals(1.0, share(5_000, 0));
    assertEquals(0.0, share(4_999, 0));
    // With β = 1 the chance is e^(-left / load time).
    assertEquals(Math.exp(-1), share(4_000, 1_000_000), 0.02);
    assertEquals(Math.exp(-2), share(3_000, 1_000_000), 0.02);
    assertEquals(Math.exp(-0.5), share(3_000, 4_000_000), 0.02);
  }

  private static double share(long ageMillis, long loadMicros) {
    Random random = new Random(7);
    int refreshed = 0;
    for (int i = 0; i < 20_000; i++) {
      refreshed += REFRESHED.isToBeRefreshed(ageMillis, loadMicros, random) ? 1 : 0;
    }
    return refreshed / 20_000.0;
  }
}
