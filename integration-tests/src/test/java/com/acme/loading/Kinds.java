package com.acme.loading;

import io.github.rediscached.RedisCached;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Every call that runs has another result. */
public final class Kinds {

  private static final AtomicInteger NEXT = new AtomicInteger();

  private Kinds() {}

  static final class Direct implements IntFunction<Integer> {
    @Override
    @RedisCached
    public Integer apply(int id) {
      return NEXT.incrementAndGet();
    }
  }

  public interface Contract {
    @RedisCached
    Integer apply(int id);
  }

  public static final class ByInterface implements Contract, IntFunction<Integer> {
    @Override
    public Integer apply(int id) {
      return NEXT.incrementAndGet();
    }
  }

  abstract static class Between implements Contract {}

  abstract static class FurtherBetween extends Between {}

  static final class ByBetween extends FurtherBetween implements IntFunction<Integer> {
    @Override
    public Integer apply(int id) {
      return NEXT.incrementAndGet();
    }
  }

  static class Superclass {
    @RedisCached
    public Integer apply(int id) {
      return -id;
    }
  }

  static final class BySuperclass extends Superclass implements IntFunction<Integer> {
    @Override
    public Integer apply(int id) {
      return NEXT.incrementAndGet();
    }
  }

  interface Generic<T> {
    @RedisCached
    T apply(int id);
  }

  static final class ByGeneric implements Generic<Integer>, IntFunction<Integer> {
    @Override
    public Integer apply(int id) {
      return NEXT.incrementAndGet();
    }
  }
}
