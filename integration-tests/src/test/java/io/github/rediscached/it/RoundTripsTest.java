package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.roundtrips.Products;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoundTripsTest {

  @Test
  void aHitIsOneGetAndNothingElse() {
    try (TestRedis redis = TestRedis.start();
        RunningJvm application = Jvm.of(Products.class, redis).start()) {
      assertEquals("10", application.ask("10"));
      // Entries are written in the background.
      Eventually.eventually("only hits", () -> application.ask("0").equals(application.ask("100")));
      String runs = application.ask("100");
      redis.commands().configResetstat();

      assertEquals(runs, application.ask("1000"));

      assertEquals(Map.of("get", 1000L), callsByCommand(redis));
    }
  }

  private static Map<String, Long> callsByCommand(TestRedis redis) {
    Map<String, Long> calls = new TreeMap<>();
    for (String line : redis.commands().info("commandstats").lines().toList()) {
      if (line.startsWith("cmdstat_") && !line.startsWith("cmdstat_config")) {
        calls.put(
            line.substring("cmdstat_".length(), line.indexOf(':')),
            Long.valueOf(line.substring(line.indexOf("calls=") + 6, line.indexOf(','))));
      }
    }
    return calls;
  }
}
