package io.github.rediscached.benchmarks.faults;

import java.util.function.IntFunction;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A bean of Spring with a cached method. Not final: Spring makes a subclass. */
class CacheableItems {

  private final IntFunction<String> source;

  CacheableItems(IntFunction<String> source) {
    this.source = source;
  }

  /** Makes a context with this cache manager, which lives as long as the JVM. */
  static CacheableItems in(CacheManager caches, IntFunction<String> source) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.register(Caching.class);
    context.registerBean(CacheManager.class, () -> caches);
    context.registerBean(CacheableItems.class, () -> new CacheableItems(source));
    context.refresh();
    return context.getBean(CacheableItems.class);
  }

  @Cacheable("items")
  public String find(int id) {
    return source.apply(id);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableCaching
  static class Caching {}
}
