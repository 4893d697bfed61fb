package com.acme.attach;

import com.acme.console.Console;
import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** An application that agents come to and leave again. It has cached methods of all kinds. */
public class Leaving {

  private final AtomicInteger runs = new AtomicInteger();

  /** An argument, and a result. */
  record Item(String name, List<Integer> numbers) {}

  /** What is called through a proxy. */
  interface Finder {
    @RedisCached(cache = "found")
    String find(String name);
  }

  /** So that the receiver counts. */
  static final class Subclass extends Leaving {}

  Leaving() {}

  @RedisCached(cache = "items", ttl = "1h", tags = "item:#{#item.name}")
  Item load(Item item) {
    return new Item(item.name(), List.of(runs.incrementAndGet()));
  }

  /** Without an annotation. */
  String plain(String name) {
    return name + " #" + runs.incrementAndGet();
  }

  @RedisCached(cache = "later", ttl = "1h")
  CompletableFuture<Integer> later(String name) {
    return CompletableFuture.supplyAsync(() -> runs.incrementAndGet());
  }

  @RedisEvict(tags = "item:#{#name}")
  void change(String name) {
    runs.incrementAndGet();
  }

  private String all(String name, Finder finder) {
    return load(new Item(name, List.of(1))).numbers()
        + " "
        + later(name).join()
        + " "
        + finder.find(name);
  }

  private static String threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("rediscached"))
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static int loadedClasses() {
    System.gc();
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }

  public static void main(String[] arguments) throws IOException {
    Leaving leaving = new Subclass();
    Finder finder =
        (Finder)
            Proxy.newProxyInstance(
                Leaving.class.getClassLoader(),
                new Class<?>[] {Finder.class},
                (proxy, method, values) -> "found #" + leaving.runs.incrementAndGet());
    new Console()
        .on("all", name -> leaving.all(name, finder))
        .on("plain", leaving::plain)
        .on(
            "change",
            name -> {
              leaving.change(name);
              return "changed";
            })
        .on("threads", ignored -> threads())
        .on("loaded", ignored -> loadedClasses())
        .on("jmx", ignored -> ManagementFactory.getPlatformMBeanServer().getDefaultDomain())
        .serve();
  }
}
