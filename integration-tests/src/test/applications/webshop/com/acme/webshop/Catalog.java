package com.acme.webshop;

import io.github.rediscached.RedisCached;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One method for each way in which the agent may come to know a class of the application. */
public final class Catalog implements Prices {

  private final List<String> ran = new ArrayList<>();

  /** The methods that ran. */
  public List<String> ran() {
    return ran;
  }

  /** Its result is a value of the application's class. */
  @RedisCached(cache = "products", ttl = "1m")
  public Product product(long id) {
    ran.add("product");
    return new Product(id);
  }

  /** Its argument is an object of the application's class, and part of the key. */
  @Override
  public int priceOf(Product product) {
    ran.add("priceOf");
    return (int) product.id() * 100;
  }

  /** Its expressions look into objects of the application's classes. */
  @RedisCached(
      cache = "similar",
      ttl = "1m",
      key = "#product.id() + '-' + #product.toString()",
      condition = "T(com.acme.webshop.Product).getName() != null && #root.target.ran() != null",
      unless = "#result['first'].isEmpty()")
  public Map<String, List<Product>> similar(Product product) {
    ran.add("similar");
    return Map.of("first", List.of(product, new Product(product.id() + 1)));
  }

  /** Throws an exception of the application's class, which is stored. */
  @RedisCached(cache = "soldout", ttl = "1m", cachedExceptions = SoldOutException.class)
  public Product soldOut(long id) throws SoldOutException {
    ran.add("soldOut");
    throw new SoldOutException(new Product(id));
  }

  /** Has an argument that can't be keyed. */
  @RedisCached(cache = "filtered", ttl = "1m")
  public List<Product> filtered(Predicate<Product> filter) {
    ran.add("filtered");
    return List.of(new Product(1), new Product(2)).stream().filter(filter).toList();
  }

  /** Its result can't be stored. */
  @RedisCached(cache = "comparators", ttl = "1m")
  public Object comparator(long id) {
    ran.add("comparator");
    return (Predicate<Product>) product -> product.id() == id;
  }

  /** Fails in an expression. */
  @RedisCached(cache = "broken", ttl = "1m", key = "#product.price()")
  public static String broken(Product product) {
    return product + "!";
  }
}
