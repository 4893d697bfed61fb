package com.acme.rules;

/** Loaded when it is first asked for. */
class Latecomer {

  private static int runs;

  String arrive(int id) {
    runs++;
    return "arrived-" + id + " #" + runs;
  }
}
