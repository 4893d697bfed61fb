package com.acme.webshop;

/** A cached exception. */
public final class SoldOutException extends Exception {

  private static final long serialVersionUID = 1;

  SoldOutException(Product product) {
    super(product + " is sold out");
  }
}
