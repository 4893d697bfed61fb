package com.acme.largeshop;

import io.github.rediscached.RedisCached;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** With annotations. */
class AnnotatedReports extends Reports {

  static Reports of(ArticleRepository articles) {
    return new AnnotatedReports(articles);
  }

  private AnnotatedReports(ArticleRepository articles) {
    super(articles);
  }

  @RedisCached(ttl = "5m")
  @Override
  long longCount(long least) {
    return articles.count() + least;
  }

  @RedisCached(ttl = "5m")
  @Override
  List<String> titles(String part) {
    return titlesWith(part);
  }

  @RedisCached(ttl = "5m")
  @Override
  Optional<String> dearest(int many) {
    return first(many);
  }

  @RedisCached(ttl = "5m")
  @Override
  Summary summary(String part) {
    return summaryOf(part);
  }

  @RedisCached(ttl = "5m")
  @Override
  List<Summary> summaries(String part, int many) {
    return List.of(summaryOf(part), new Summary("none", many, 0));
  }

  @RedisCached(ttl = "5m")
  @Override
  Map<String, Long> countsByTitle(String part) {
    return Map.of(part, articles.count());
  }

  @RedisCached(ttl = "5m")
  @Override
  double average(long from) {
    return articles.count() / (double) (1 + from);
  }

  @RedisCached(ttl = "5m")
  @Override
  String cheapest(long cents, boolean strict) {
    return titlesWith("").size() + " " + cents + strict;
  }

  @RedisCached(ttl = "5m")
  @Override
  boolean hasAny(String part) {
    return !titlesWith(part).isEmpty();
  }

  @RedisCached(ttl = "5m")
  @Override
  long[] histogram(int buckets) {
    return new long[] {buckets, articles.count()};
  }
}
