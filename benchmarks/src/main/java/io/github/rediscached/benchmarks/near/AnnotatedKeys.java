package io.github.rediscached.benchmarks.near;

import io.github.rediscached.RedisCached;

/** Cached by the agent with an explicit key. */
final class AnnotatedKeys {

  /** What the key is read of. */
  record Reference(long id, String source) {}

  private AnnotatedKeys() {}

  /** {@code key = "#id"}, a number. */
  static NearCache number(Values values, Source source) {
    Methods methods = new Methods(source);
    return values == Values.BEAN
        ? new Called(methods::article, "near-keyed")
        : new Called(methods::product, "near-keyed");
  }

  /** {@code key = "#id"}, a text. */
  static NearCache text(int keys, Values values, Source source) {
    Methods methods = new Methods(source);
    Keys<String> texts = Keys.texts(keys);
    return values == Values.BEAN
        ? new Called(id -> methods.article(texts.get(id)), "near-keyed-texts")
        : new Called(id -> methods.product(texts.get(id)), "near-keyed-texts");
  }

  /** {@code key = "#p0.id"}. */
  static NearCache property(int keys, Values values, Source source) {
    Methods methods = new Methods(source);
    Keys<Reference> references = Keys.of(keys, id -> new Reference(id, "benchmark"));
    return values == Values.BEAN
        ? new Called(id -> methods.article(references.get(id)), "near-keyed-properties")
        : new Called(id -> methods.product(references.get(id)), "near-keyed-properties");
  }

  private interface Find {

    Object by(long id);
  }

  private record Called(Find find, String cache) implements NearCache {

    @Override
    public Object find(long id) {
      return find.by(id);
    }

    @Override
    public long farCalls() {
      return Annotated.farCalls(cache);
    }

    @Override
    public void close() {}
  }

  private static final class Methods {

    private final Source source;

    Methods(Source source) {
      this.source = source;
    }

    @RedisCached(cache = "near-keyed", key = "#id", ttl = "1h")
    Product product(long id) {
      return (Product) source.load(id);
    }

    @RedisCached(cache = "near-keyed", key = "#id", ttl = "1h")
    Article article(long id) {
      return (Article) source.load(id);
    }

    @RedisCached(cache = "near-keyed-texts", key = "#id", ttl = "1h")
    Product product(String id) {
      return (Product) source.load(Keys.number(id));
    }

    @RedisCached(cache = "near-keyed-texts", key = "#id", ttl = "1h")
    Article article(String id) {
      return (Article) source.load(Keys.number(id));
    }

    @RedisCached(cache = "near-keyed-properties", key = "#p0.id", ttl = "1h")
    Product product(Reference reference) {
      return (Product) source.load(reference.id());
    }

    @RedisCached(cache = "near-keyed-properties", key = "#p0.id", ttl = "1h")
    Article article(Reference reference) {
      return (Article) source.load(reference.id());
    }
  }
}
