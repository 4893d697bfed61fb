package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.firststeps.Greetings;
import org.junit.jupiter.api.Test;

/** An unmodified application, a Redis and the agent. */
class FirstStepsTest {

  private final TestRedis redis = TestRedis.shared();

  @Test
  void anAnnotatedMethodRunsOnceAndAnswersFromRedisAfterwards() {
    String namespace = TestRedis.newNamespace();
    Outcome outcome =
        Jvm.of(Greetings.class, redis).setting("namespace", namespace).run().succeeded();

    assertEquals("Hello Ada Hello Ada Hello Bob", outcome.value("greetings"));
    assertEquals("2", outcome.value("runs"));
    assertEquals(2, redis.commands().keys(namespace + ":[^~]*").size());
    assertTrue(outcome.err().isEmpty(), outcome.toString());
  }

  @Test
  void anotherJvmFindsWhatTheFirstOneStored() {
    String namespace = TestRedis.newNamespace();
    Jvm.of(Greetings.class, redis).setting("namespace", namespace).run().succeeded();
    Outcome second =
        Jvm.of(Greetings.class, redis).setting("namespace", namespace).run().succeeded();

    assertEquals("Hello Ada Hello Ada Hello Bob", second.value("greetings"));
    assertEquals("0", second.value("runs"));
  }

  @Test
  void withoutTheAgentTheAnnotationDoesNothing() {
    Outcome outcome = Jvm.of(Greetings.class).withoutAgent().run().succeeded();

    assertEquals("3", outcome.value("runs"));
  }
}
