package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.outages.Outages;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A lease whose load has lost its connection is given back on the next one: nobody waits until it
 * expires, which takes 30 seconds, or until the end of {@code load-wait}.
 */
class LostLeaseTest {

  /** Less than anybody would wait, and much more than it takes on a busy machine. */
  private static final long SOON_MILLIS = 15_000;

  private final String namespace = TestRedis.newNamespace();
  private TestRedis redis;
  private TcpProxy proxy;
  private RunningJvm unlucky;
  private RunningJvm other;

  @BeforeEach
  void start() {
    redis = TestRedis.start();
    proxy = new TcpProxy(redis);
    unlucky = jvm(proxy.uri());
    other = jvm(redis.uri());
    eventually(
        "results are cached",
        () -> {
          unlucky.ask("rate GBP");
          return !redis.entries(namespace + ":rates:GBP").isEmpty();
        });
    // After these it expects the next one to be a miss, and asks for the lease with the look-up.
    for (int i = 0; i < 20; i++) {
      unlucky.ask("rate M" + i);
    }
  }

  @AfterEach
  void end() throws IOException {
    other.close();
    unlucky.close();
    proxy.close();
    redis.close();
  }

  @Test
  void whoseGrantWasNotHeardOf() {
    proxy.hangAnswers(true);
    unlucky.ask("begin EUR");
    eventually("the lease is granted", this::isLeased);
    proxy.reset();
    proxy.hangAnswers(false);

    assertTrue(unlucky.ask("end").startsWith("rate-EUR "));
    assertOthersDoNotWait();
  }

  @Test
  void whoseValueHasNotReachedRedis() {
    proxy.hangBefore("rate-EU");
    assertTrue(unlucky.ask("rate EUR").startsWith("rate-EUR "));
    assertTrue(isLeased());
    proxy.reset();
    proxy.hangBefore(null);

    assertOthersDoNotWait();
  }

  private void assertOthersDoNotWait() {
    String answer = other.ask("rate EUR");
    String[] parts = answer.split(" ", -1);
    assertEquals("rate-EUR", parts[0]);
    assertTrue(Long.parseLong(parts[3]) < SOON_MILLIS, answer);
  }

  private boolean isLeased() {
    return redis.commands().exists(namespace + ":rates:EUR:~l") == 1;
  }

  /** More patient than a lease lives. */
  private RunningJvm jvm(String uri) {
    return Jvm.of(Outages.class)
        .setting("redis.uri", uri)
        .setting("redis.timeout", "2m")
        .setting("redis.connect-timeout", "4m")
        .setting("load-wait", "40s")
        .setting("namespace", namespace)
        .start();
  }
}
