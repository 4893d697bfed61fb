package com.acme.rules;

/** What the rules name, or nearly. */
class Products extends Shelf {

  String find(long id) {
    return "product-" + id;
  }

  String find(String name) {
    return "product-" + name;
  }

  String describe(int id) {
    return "description-" + id;
  }

  /** Nested. */
  static class Page {

    String title() {
      return "page";
    }
  }
}
