package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueCodecTest {

  record Item(int id, String name, List<Item> parts, Map<String, @Nullable Object> attributes) {}

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    ValueFormat format = Codecs.formatOf(Item.class);
    int threads = 8;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(threads);
      List<Future<Integer>> results = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Random random = new Random(t);
        results.add(
            executor.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return roundTrips(format, random);
                }));
      }
      for (Future<Integer> result : results) {
        assertEquals(3000, result.get(60, TimeUnit.SECONDS));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static int roundTrips(ValueFormat format, Random random) throws Exception {
    int right = 0;
    for (int i = 0; i < 3000; i++) {
      Item item = item(random, 3);
      if (i % 50 == 0) {
        item.attributes.put("refused", new Object());
        try {
          Codecs.write(format, item);
        } catch (UncacheableValueException e) {
          item.attributes.remove("refused");
        }
      }
      if (item.equals(Codecs.read(format, Codecs.write(format, item)))) {
        right++;
      }
    }
    return right;
  }

  private static Item item(Random random, int depth) {
    List<Item> parts = new ArrayList<>();
    for (int i = 0; depth > 0 && i < random.nextInt(3); i++) {
      parts.add(item(random, depth - 1));
    }
    Map<String, @Nullable Object> attributes = new HashMap<>();
    attributes.put("n", random.nextLong());
    attributes.put("same", parts);
    return new Item(random.nextInt(), "name" + random.nextInt(), parts, attributes);
  }

  @Test
  void loaderOfAnUndeployedApplicationCanBeCollected() throws Exception {
    WeakReference<ClassLoader> loader = useAndForget();
    awaitCollected(loader);
  }

  private static void awaitCollected(WeakReference<ClassLoader> loader) {
    long deadlineNanos = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (loader.get() != null && System.nanoTime() < deadlineNanos) {
      System.gc();
      byte[] pressure = new byte[1 << 20];
      assertEquals(0, pressure[0]);
    }
    assertNull(loader.get());
  }

  @Test
  void classOfAnotherLoaderIsRefusedAndItsLoaderNotKept() throws Exception {
    ValueFormat shared = Codecs.formatOf(Object.class);
    WeakReference<ClassLoader> loader = refuseAndForget(shared);
    awaitCollected(loader);
    assertEquals(List.of(1), Codecs.read(shared, Codecs.write(shared, List.of(1))));
  }

  private static WeakReference<ClassLoader> refuseAndForget(ValueFormat format) throws Exception {
    Version version = Version.of("public class V { int a = 1; }");
    Object value = version.newInstance("V");
    UncacheableValueException refused =
        assertThrows(UncacheableValueException.class, () -> Codecs.write(format, List.of(value)));
    assertEquals(
        "The value holds at List12[] a V, a class that the class loader of the cached method does"
            + " not see. Return a class that both share.",
        refused.getMessage());
    return new WeakReference<>(version);
  }

  /** So often that the JVM makes something special of the method handles in it. */
  private static void copyOften(ValueFormat format, byte[] bytes) throws Exception {
    Master master = Objects.requireNonNull(Codecs.master(format, bytes));
    for (int i = 0; i < 1_000; i++) {
      assertEquals("T", master.copy().getClass().getName());
    }
  }

  private static WeakReference<ClassLoader> useAndForget() throws Exception {
    Version version =
        Version.of(
            "public class V { E e = E.A; T[] t = {new T()}; R r = new R(1);"
                + " Throwable x = new X(); java.util.Set<E> s = java.util.EnumSet.of(E.A); }",
            "enum E { A { } } class T { int a; } record R(int i) {} class X extends Exception {}");
    ValueFormat format = version.formatOf("V");
    Object back = Codecs.read(format, Codecs.write(format, version.newInstance("V")));
    assertEquals("V", back == null ? "" : back.getClass().getName());
    copyOften(format, Codecs.write(format, version.newInstance("T")));
    return new WeakReference<>(version);
  }
}
