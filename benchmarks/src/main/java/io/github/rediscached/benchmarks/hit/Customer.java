package io.github.rediscached.benchmarks.hit;

import java.io.Serializable;

/** Who has ordered. */
public record Customer(long id, String name, String email, Address address)
    implements Serializable {}
