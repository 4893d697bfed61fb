package io.github.rediscached.benchmarks.near;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Spring's cache abstraction on Caffeine: <a
 * href="https://docs.spring.io/spring-framework/reference/integration/cache/store-configuration.html#cache-store-configuration-caffeine">Caffeine
 * Cache</a>. All callers get the same object.
 */
final class SpringCache implements NearCache {

  private final AnnotationConfigApplicationContext context;
  private final Service service;

  SpringCache(int maximumSize, Duration ttl, Source source) {
    context = new AnnotationConfigApplicationContext();
    context.register(Caching.class);
    context.registerBean(
        CaffeineCacheManager.class,
        () -> {
          CaffeineCacheManager manager = new CaffeineCacheManager("values");
          manager.setCaffeine(Caffeine.newBuilder().maximumSize(maximumSize).expireAfterWrite(ttl));
          return manager;
        });
    context.registerBean(Service.class, () -> new Service(source));
    context.refresh();
    service = context.getBean(Service.class);
  }

  @Override
  public Object find(long id) {
    return service.find(id);
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableCaching
  static class Caching {}

  /** Not final: Spring makes a subclass. */
  static class Service {

    private final Source source;

    Service(Source source) {
      this.source = source;
    }

    @Cacheable("values")
    public Object find(long id) {
      return source.load(id);
    }
  }
}
