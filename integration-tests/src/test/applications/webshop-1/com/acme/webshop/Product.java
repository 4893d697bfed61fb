package com.acme.webshop;

/** As the first version of the shop has it. */
public final class Product {

  private final long id;
  private final String name;

  public Product(long id) {
    this.id = id;
    this.name = "product " + id;
  }

  public long id() {
    return id;
  }

  @Override
  public String toString() {
    return name;
  }
}
