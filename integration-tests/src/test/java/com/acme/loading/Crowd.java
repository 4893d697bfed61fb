package com.acme.loading;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Many threads that load cached classes at once: half of them race for the same classes, half have
 * a loader of their own.
 */
public final class Crowd {

  private static final int THREADS = 200;
  private static final String[] KINDS = {
    "Direct", "ByInterface", "ByBetween", "BySuperclass", "ByGeneric"
  };

  private static final AtomicInteger CACHED = new AtomicInteger();
  private static final AtomicInteger NOT_AT_ONCE = new AtomicInteger();

  private Crowd() {}

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    Bundle[] shared = {new Bundle(), new Bundle(), new Bundle(), new Bundle()};
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  Bundle loader =
                      number % 2 == 0 ? new Bundle() : shared[number / 2 % shared.length];
                  start.await();
                  for (int kind = 0; kind < KINDS.length; kind++) {
                    // Different orders, so that implementors come before and after supertypes.
                    String name = KINDS[(kind + number) % KINDS.length];
                    check(loader, name, number);
                  }
                } catch (Throwable e) {
                  throw new IllegalStateException(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("cached=" + CACHED);
    System.out.println("annotated but not cached at once=" + NOT_AT_ONCE);
  }

  @SuppressWarnings("unchecked")
  private static void check(ClassLoader loader, String name, int number) throws Throwable {
    Class<?> type = loader.loadClass("com.acme.loading.Kinds$" + name);
    // Not by reflection, whose helper classes such a loader hides.
    IntFunction<Integer> object =
        (IntFunction<Integer>)
            MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .findConstructor(type, MethodType.methodType(void.class))
                .invoke();
    int argument = number * 1_000_000;
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!isCached(object, argument)) {
      if (name.equals("Direct")) {
        NOT_AT_ONCE.incrementAndGet();
      }
      if (System.nanoTime() > deadline) {
        return;
      }
      argument++;
      LockSupport.parkNanos(20_000_000);
    }
    CACHED.incrementAndGet();
  }

  private static boolean isCached(IntFunction<Integer> object, int argument) {
    return object.apply(argument).equals(object.apply(argument));
  }
}
