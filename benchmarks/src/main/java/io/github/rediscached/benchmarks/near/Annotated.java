package io.github.rediscached.benchmarks.near;

import io.github.rediscached.RedisCached;
import io.github.rediscached.benchmarks.hit.Order;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Cached by the agent, if it is there. */
final class Annotated {

  private Annotated() {}

  static NearCache of(Values values, Source source) {
    return switch (values) {
      case IMMUTABLE -> new Products(source);
      case MUTABLE -> new Orders(source);
      case BEAN -> new Articles(source);
    };
  }

  private static final class Products implements NearCache {

    private final Source source;

    Products(Source source) {
      this.source = source;
    }

    @Override
    @RedisCached(cache = "near-products", ttl = "1h")
    public Product find(long id) {
      return (Product) source.load(id);
    }

    @Override
    public long farCalls() {
      return Annotated.farCalls("near-products");
    }

    @Override
    public void close() {}
  }

  private static final class Orders implements NearCache {

    private final Source source;

    Orders(Source source) {
      this.source = source;
    }

    @Override
    @RedisCached(cache = "near-orders", ttl = "1h")
    public Order find(long id) {
      return (Order) source.load(id);
    }

    @Override
    public long farCalls() {
      return Annotated.farCalls("near-orders");
    }

    @Override
    public void close() {}
  }

  private static final class Articles implements NearCache {

    private final Source source;

    Articles(Source source) {
      this.source = source;
    }

    @Override
    @RedisCached(cache = "near-articles", ttl = "1h")
    public Article find(long id) {
      return (Article) source.load(id);
    }

    @Override
    public long farCalls() {
      return Annotated.farCalls("near-articles");
    }

    @Override
    public void close() {}
  }

  /** From the cache's bean. */
  static long farCalls(String cache) {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName name =
          new ObjectName("io.github.rediscached:type=Cache,name=" + ObjectName.quote(cache));
      long requests = number(beans, name, "Requests");
      if (requests == 0) {
        throw new IllegalStateException("The agent counts no calls of " + cache);
      }
      return requests - number(beans, name, "NearHits");
    } catch (JMException e) {
      throw new IllegalStateException("The agent has no bean that counts near hits", e);
    }
  }

  private static long number(MBeanServer beans, ObjectName name, String attribute)
      throws JMException {
    return ((Number) beans.getAttribute(name, attribute)).longValue();
  }
}
