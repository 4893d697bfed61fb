package com.acme.largeshop;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Without annotations. */
class PlainReports extends Reports {

  static Reports of(ArticleRepository articles) {
    return new PlainReports(articles);
  }

  private PlainReports(ArticleRepository articles) {
    super(articles);
  }

  @Override
  long longCount(long least) {
    return articles.count() + least;
  }

  @Override
  List<String> titles(String part) {
    return titlesWith(part);
  }

  @Override
  Optional<String> dearest(int many) {
    return first(many);
  }

  @Override
  Summary summary(String part) {
    return summaryOf(part);
  }

  @Override
  List<Summary> summaries(String part, int many) {
    return List.of(summaryOf(part), new Summary("none", many, 0));
  }

  @Override
  Map<String, Long> countsByTitle(String part) {
    return Map.of(part, articles.count());
  }

  @Override
  double average(long from) {
    return articles.count() / (double) (1 + from);
  }

  @Override
  String cheapest(long cents, boolean strict) {
    return titlesWith("").size() + " " + cents + strict;
  }

  @Override
  boolean hasAny(String part) {
    return !titlesWith(part).isEmpty();
  }

  @Override
  long[] histogram(int buckets) {
    return new long[] {buckets, articles.count()};
  }
}
