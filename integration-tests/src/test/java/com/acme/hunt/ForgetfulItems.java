package com.acme.hunt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Cached in this JVM alone, so that changes in other JVMs go unnoticed: a judge must see that. */
final class ForgetfulItems implements Items {

  private record Key(Kind kind, int id) {}

  private final Items source;
  private final ConcurrentMap<Key, CompletableFuture<Item>> cache = new ConcurrentHashMap<>();

  ForgetfulItems(Items source) {
    this.source = source;
  }

  @Override
  public CompletableFuture<Item> read(Kind kind, int id) {
    return cache.computeIfAbsent(new Key(kind, id), key -> source.read(kind, id));
  }

  @Override
  public Item change(Kind kind, int id) {
    Item item = source.change(kind, id);
    cache.remove(new Key(kind, id));
    return item;
  }

  @Override
  public long loads(Kind kind) {
    return source.loads(kind);
  }
}
