package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.stats.StatsRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final StatsRegistry stats = new StatsRegistry();
  private final List<String> said = new ArrayList<>();
  private final CircuitBreaker circuit =
      new CircuitBreaker("Dao.find()", stats, said::add, nanos::get);

  private void refuse(int times) {
    for (int i = 0; i < times; i++) {
      circuit.refused("it is a lambda.");
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void manyRefusalsInARowOpenIt() {
    refuse(CircuitBreaker.REFUSALS - 1);
    assertFalse(circuit.isOpen());
    assertEquals(List.of(), said);

    refuse(1);
    assertTrue(circuit.isOpen());
    assertEquals(Map.of("Dao.find()", "it is a lambda."), stats.suspended());
    assertEquals(1, said.size());
    assertTrue(said.get(0).contains("it is a lambda."), said.get(0));
  }

  @Test
  void aResultBetweenTheRefusalsKeepsItClosed() {
    for (int i = 0; i < 10; i++) {
      refuse(CircuitBreaker.REFUSALS - 1);
      circuit.accepted();
    }
    assertFalse(circuit.isOpen());
    assertEquals(Map.of(), stats.suspended());
  }

  @Test
  void oneCallIsTriedAfterAPause() {
    refuse(CircuitBreaker.REFUSALS);
    pass(Duration.ofMillis(999));
    assertTrue(circuit.isOpen());

    pass(Duration.ofMillis(1));
    assertFalse(circuit.isOpen(), "one call");
    assertTrue(circuit.isOpen(), "and no other");
  }

  @Test
  void aTryThatSucceedsClosesIt() {
    refuse(CircuitBreaker.REFUSALS);
    pass(Duration.ofSeconds(1));
    assertFalse(circuit.isOpen());
    circuit.accepted();
    assertFalse(circuit.isOpen());
    assertEquals(Map.of(), stats.suspended());

    refuse(CircuitBreaker.REFUSALS - 1);
    assertFalse(circuit.isOpen());
    refuse(1);
    assertTrue(circuit.isOpen());
  }

  @Test
  void triesThatFailBecomeRarerButNotRarerThanOnceAMinute() {
    refuse(CircuitBreaker.REFUSALS);
    for (int i = 0; i < 20; i++) {
      pass(Duration.ofMinutes(1));
      assertFalse(circuit.isOpen(), "try " + i);
      refuse(1);
      assertTrue(circuit.isOpen());
    }
    pass(Duration.ofSeconds(59));
    assertTrue(circuit.isOpen());
  }
}
