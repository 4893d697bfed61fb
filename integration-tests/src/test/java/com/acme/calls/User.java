package com.acme.calls;

/** An argument of which only one part is the key. */
record User(String name, String mood) {}
