package io.github.rediscached.benchmarks.hit;

import java.io.Serializable;

/** Where an order goes. */
public record Address(String street, String city, String postcode, String country)
    implements Serializable {}
