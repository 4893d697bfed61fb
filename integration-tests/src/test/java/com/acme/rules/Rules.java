package com.acme.rules;

import com.acme.console.Console;
import java.io.IOException;

/** Loads most of its classes at once, and one when told to. */
public final class Rules {

  private Rules() {}

  public static void main(String[] arguments) throws IOException {
    Products products = new Products();
    new Console()
        .on("find", id -> products.find(Long.parseLong(id)) + new Products.Page().title())
        .on("arrive", id -> new Latecomer().arrive(Integer.parseInt(id)))
        .serve();
  }
}
