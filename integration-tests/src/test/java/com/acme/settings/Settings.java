package com.acme.settings;

/** Calls each method twice and says what came of it and how often they ran. */
public final class Settings {

  private Settings() {}

  public static void main(String[] arguments) {
    Products products = new Products();
    System.out.println("name=" + products.name(1) + ' ' + products.name(1));
    System.out.println("nameRuns=" + products.runs());
    String first = products.description(6_000);
    String second = products.description(6_000);
    System.out.println("description=" + first.length() + ' ' + second.length());
    System.out.println("descriptionRuns=" + products.runs());
    System.out.println("annotated=" + products.annotated(1) + ' ' + products.annotated(1));
    System.out.println("annotatedRuns=" + products.runs());
  }
}
