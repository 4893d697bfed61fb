package com.acme.hunt;

/**
 * What a load returns.
 *
 * @param version of the item when the load began
 */
public record Item(int id, long version) {}
