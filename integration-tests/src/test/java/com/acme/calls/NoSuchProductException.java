package com.acme.calls;

/** An exception that is as good as a result. */
class NoSuchProductException extends Exception {

  private static final long serialVersionUID = 1;

  private final int id;

  NoSuchProductException(int id) {
    super("no product " + id);
    this.id = id;
  }

  int id() {
    return id;
  }

  /** A subclass. */
  static final class Sold extends NoSuchProductException {

    private static final long serialVersionUID = 1;

    Sold(int id) {
      super(id);
    }
  }
}
