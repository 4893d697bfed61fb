package com.acme.modules;

import io.github.rediscached.RedisCached;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Calls methods that need much of the agent, twice each. */
public final class Orders {

  private int runs;

  private Orders() {}

  /** Has no constructor without parameters. */
  static final class Customer {
    private final String name;
    private final Map<String, LocalDate> visits;

    Customer(String name, Map<String, LocalDate> visits) {
      this.name = name;
      this.visits = visits;
    }

    public String name() {
      return name;
    }

    @Override
    public String toString() {
      return name + visits;
    }
  }

  /** A value. */
  record Order(long id, Customer customer, List<BigDecimal> prices) {}

  /** Is cached. */
  static final class NoSuchOrderException extends Exception {
    private static final long serialVersionUID = 1;

    NoSuchOrderException(long id) {
      super("no order " + id);
    }
  }

  @RedisCached(cache = "orders", ttl = "1m", cachedExceptions = NoSuchOrderException.class)
  Order order(long id) throws NoSuchOrderException {
    runs++;
    if (id < 0) {
      throw new NoSuchOrderException(id);
    }
    return new Order(id, customer(), List.of(new BigDecimal("1.50"), BigDecimal.TEN));
  }

  @RedisCached(
      cache = "labels",
      ttl = "1m",
      key = "#order.id + ':' + #order.customer.name()",
      condition = "#order.prices.size() > 1 and T(java.lang.Math).max(1, 2) == 2",
      unless = "#result matches 'secret.*'")
  String label(Order order) {
    runs++;
    return "order " + order;
  }

  @RedisCached(cache = "totals", ttl = "1m")
  BigDecimal total(Order order) {
    runs++;
    return order.prices().get(0).add(order.prices().get(1));
  }

  public static void main(String[] args) {
    Orders orders = new Orders();
    for (int round = 1; round <= 2; round++) {
      try {
        Order order = orders.order(7);
        System.out.println(orders.label(order) + " costs " + orders.total(order));
        orders.order(-1);
      } catch (NoSuchOrderException e) {
        System.out.println(e.getMessage());
      }
    }
    System.out.println("runs=" + orders.runs);
    System.out.println("modules=" + ModuleLayer.boot().modules().size());
  }

  private static Customer customer() {
    return new Customer("Ada", Map.of("first", LocalDate.of(2026, 11, 23)));
  }
}
