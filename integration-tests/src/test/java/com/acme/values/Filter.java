package com.acme.values;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** An argument without {@code equals}. */
final class Filter {

  final Map<String, Integer> limits;
  final Set<String> colours;
  final List<Object> order;

  Filter(Map<String, Integer> limits, Set<String> colours, List<Object> order) {
    this.limits = limits;
    this.colours = colours;
    this.order = order;
  }
}
