package com.acme.shop.users;

/** What users may change of themselves. */
record UserChange(String name, String email, String city) {

  UserChange {
    check("name", name, 100);
    check("email", email, 200);
    check("city", city, 100);
  }

  private static void check(String what, String value, int maxLength) {
    if (value == null || value.isBlank() || value.length() > maxLength) {
      throw new IllegalArgumentException(
          what + " is missing or longer than " + maxLength + " characters");
    }
  }
}
