package com.acme.webshop;

/** As the second version of the shop has it: one more field. */
public final class Product {

  private final long id;
  private final String name;
  private final int stock;

  public Product(long id) {
    this.id = id;
    this.name = "product " + id;
    this.stock = 7;
  }

  public long id() {
    return id;
  }

  @Override
  public String toString() {
    return name + " (" + stock + ")";
  }
}
