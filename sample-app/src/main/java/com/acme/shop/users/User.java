package com.acme.shop.users;

import java.time.LocalDate;

/** Somebody who buys. */
record User(long id, String name, String email, String city, LocalDate joinedOn) {}
