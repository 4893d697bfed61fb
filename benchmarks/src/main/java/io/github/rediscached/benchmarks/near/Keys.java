package io.github.rediscached.benchmarks.near;

import java.util.function.LongFunction;

/** What callers ask with in place of a number. Made before it counts. */
final class Keys<T> {

  private final Object[] keys;

  private Keys(Object[] keys) {
    this.keys = keys;
  }

  static <T> Keys<T> of(int count, LongFunction<T> maker) {
    Object[] keys = new Object[count];
    for (int i = 0; i < count; i++) {
      keys[i] = maker.apply(i);
    }
    return new Keys<>(keys);
  }

  /** As texts of a usual length. */
  static Keys<String> texts(int count) {
    return of(count, id -> "article-" + id);
  }

  /** The number in such a text. */
  static long number(String text) {
    return Long.parseLong(text, "article-".length(), text.length(), 10);
  }

  @SuppressWarnings("unchecked") // Nothing else is in it.
  T get(long id) {
    return (T) keys[(int) id];
  }
}
