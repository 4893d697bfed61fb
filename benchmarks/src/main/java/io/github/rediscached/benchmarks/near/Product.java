package io.github.rediscached.benchmarks.near;

import java.time.Instant;

/** A value that nobody can change, so that all callers may be given the same one. */
public record Product(long id, String title, Instant changed, Availability availability) {

  /** Whether it can be had. */
  public enum Availability {
    IN_STOCK,
    ORDERED,
    SOLD_OUT
  }
}
