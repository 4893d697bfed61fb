package io.github.rediscached.agent.call;

/** A value that says itself how long it lives, in place of its cache's TTL. */
public interface Lifetimes {

  /** How long it may be given without asking, in milliseconds; at least 0. */
  long freshMillis();

  /** How long it is kept after that, in milliseconds; at least 0. */
  long staleMillis();
}
