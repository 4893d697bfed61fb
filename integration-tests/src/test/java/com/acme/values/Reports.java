package com.acme.values;

import io.github.rediscached.RedisCached;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks for the same report with equal filters that were made in different ways. */
public final class Reports {

  private int runs;

  private Reports() {}

  @RedisCached(cache = "reports", ttl = "5m")
  Report report(Filter filter, Object limit) {
    runs++;
    return new Report(limit.getClass().getSimpleName());
  }

  public static void main(String[] arguments) {
    Reports reports = new Reports();
    Filter filter = arguments.length == 0 ? reports.filter() : reports.sameFilter();
    System.out.println("report=" + reports.report(filter, 42));
    System.out.println("report=" + reports.report(filter, 42L));
    System.out.println("report=" + reports.report(filter, "42"));
    System.out.println("runs=" + reports.runs);
  }

  private Filter filter() {
    Map<String, Integer> limits = new HashMap<>();
    limits.put("price", 100);
    limits.put("weight", 5);
    return new Filter(limits, new TreeSet<>(List.of("red", "green")), Arrays.asList(1, "b", null));
  }

  private Filter sameFilter() {
    Map<String, Integer> limits = new TreeMap<>();
    limits.put("weight", 5);
    limits.put("price", 100);
    Set<String> colours = new LinkedHashSet<>(64);
    colours.add("red");
    colours.add("green");
    List<Object> order = new ArrayList<>(Arrays.asList(1, "b", null));
    return new Filter(limits, colours, order);
  }
}
