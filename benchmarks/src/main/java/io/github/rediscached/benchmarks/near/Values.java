package io.github.rediscached.benchmarks.near;

import io.github.rediscached.benchmarks.hit.Order;
import io.github.rediscached.benchmarks.hit.OrderSource;
import io.github.rediscached.benchmarks.hit.Size;
import java.time.Instant;

/** What kind of value is cached. */
public enum Values {
  /** A {@link Product}. */
  IMMUTABLE("a record with a number, a text, an instant and an enum constant") {
    @Override
    Object load(long id) {
      return new Product(
          id,
          "Article no. " + id + " of many, blue",
          Instant.ofEpochSecond(1_700_000_000L + id, 123_000_000),
          id % 2 == 0 ? Product.Availability.IN_STOCK : Product.Availability.ORDERED);
    }
  },
  /** A small {@link Order}, as it is read from Redis in the benchmark of a hit. */
  MUTABLE("a bean with lists and other beans, about 500 bytes as Kryo writes it") {
    @Override
    Object load(long id) {
      return new OrderSource(Size.SMALL).load(id);
    }
  },
  /** An {@link Article}. */
  BEAN("a bean of twelve fields") {
    @Override
    Object load(long id) {
      return new Article(id);
    }
  };

  private final String description;

  Values(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  /** A new one, equal to all others for the same number. */
  abstract Object load(long id);
}
