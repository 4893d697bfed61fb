package io.github.rediscached.benchmarks.hit;

import java.time.Duration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;

/** Spring's cache abstraction on Spring Data Redis with Lettuce. */
final class SpringOrders implements OrderCache {

  private final AnnotationConfigApplicationContext context;
  private final Service service;

  private SpringOrders(
      String uri, OrderSource source, RedisCacheConfiguration configuration, String prefix) {
    context = new AnnotationConfigApplicationContext();
    context.register(Caching.class);
    context.registerBean(
        LettuceConnectionFactory.class,
        () -> new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(uri)));
    context.registerBean(
        RedisCacheManager.class,
        () ->
            RedisCacheManager.builder(context.getBean(LettuceConnectionFactory.class))
                .cacheDefaults(
                    configuration.entryTtl(Duration.ofHours(1)).prefixCacheNameWith(prefix))
                .build());
    context.registerBean(Service.class, () -> new Service(source));
    context.refresh();
    service = context.getBean(Service.class);
  }

  static SpringOrders withJdkSerialization(String uri, String prefix, OrderSource source) {
    return new SpringOrders(uri, source, RedisCacheConfiguration.defaultCacheConfig(), prefix);
  }

  static SpringOrders withJson(String uri, String prefix, OrderSource source) {
    return new SpringOrders(
        uri,
        source,
        RedisCacheConfiguration.defaultCacheConfig()
            .serializeValuesWith(
                SerializationPair.fromSerializer(new JacksonJsonRedisSerializer<>(Order.class))),
        prefix);
  }

  @Override
  public Order find(long id) {
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

    private final OrderSource source;

    Service(OrderSource source) {
      this.source = source;
    }

    @Cacheable("orders")
    public Order find(long id) {
      return source.load(id);
    }
  }
}
