package io.github.rediscached.agent.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatsRegistryTest {

  private final StatsRegistry registry = new StatsRegistry();

  @Test
  void methodsThatShareACacheShareItsCounters() {
    CacheStats products = registry.cache("products");

    assertSame(products, registry.cache("products"));
    assertEquals("products", products.cache());
    assertEquals(1, registry.all().size());
  }

  @Test
  void theListenerHearsOfEachNewCacheOnceAndFindsItRegistered() {
    registry.cache("before");
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    registry.onNewCache(
        () -> {
          calls.incrementAndGet();
          seen.set(registry.all().size());
        });

    registry.cache("before");
    registry.cache("after");
    registry.cache("after");

    assertEquals(1, calls.get());
    assertEquals(2, seen.get());
  }

  @Test
  void cachesOfClassesGeneratedWithoutEndAreCountedTogether() {
    for (int i = 0; i < StatsRegistry.MAX_CACHES; i++) {
      registry.cache("cache " + i);
    }

    CacheStats others = registry.cache("one more");

    assertEquals("(all further caches)", others.cache());
    assertSame(others, registry.cache("and another"));
    assertEquals("cache 5", registry.cache("cache 5").cache());
    assertEquals(StatsRegistry.MAX_CACHES + 1, registry.all().size());
  }

  @Test
  void threadsThatAskAtTheSameTimeGetTheSameCounters() throws InterruptedException {
    Set<CacheStats> found = ConcurrentHashMap.newKeySet();
    AtomicInteger calls = new AtomicInteger();
    registry.onNewCache(calls::incrementAndGet);
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    for (int i = 0; i < 16; i++) {
      threads.execute(
          () -> {
            try {
              start.await();
              found.add(registry.cache("products"));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    start.countDown();
    threads.shutdown();

    assertEquals(true, threads.awaitTermination(10, TimeUnit.SECONDS));
    assertEquals(1, found.size());
    assertEquals(1, calls.get());
  }
}
