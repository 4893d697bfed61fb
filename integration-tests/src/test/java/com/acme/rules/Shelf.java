package com.acme.rules;

/** Inherited by {@link Products}. */
class Shelf {

  String place(int row) {
    return "row " + row;
  }
}
