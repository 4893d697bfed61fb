package com.acme.largeshop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ten methods worth caching. */
abstract class Reports {

  final ArticleRepository articles;

  Reports(ArticleRepository articles) {
    this.articles = articles;
  }

  /** An answer that is an object. */
  record Summary(String title, long count, long cents) {}

  abstract long longCount(long least);

  abstract List<String> titles(String part);

  abstract Optional<String> dearest(int many);

  abstract Summary summary(String part);

  abstract List<Summary> summaries(String part, int many);

  abstract Map<String, Long> countsByTitle(String part);

  abstract double average(long from);

  abstract String cheapest(long cents, boolean strict);

  abstract boolean hasAny(String part);

  abstract long[] histogram(int buckets);

  /** Calls each once. */
  List<@Nullable Object> all() {
    List<@Nullable Object> answers = new ArrayList<>();
    answers.add(longCount(1));
    answers.add(titles("no"));
    answers.add(dearest(1));
    answers.add(summary("no"));
    answers.add(summaries("no", 3));
    answers.add(countsByTitle("no"));
    answers.add(average(1));
    answers.add(cheapest(1, true));
    answers.add(hasAny("no"));
    answers.add(histogram(4));
    return answers;
  }

  List<String> titlesWith(String part) {
    List<String> titles = new ArrayList<>();
    for (Article article : articles.findByTitleContainingOrderByCents(part)) {
      titles.add(article.getTitle());
    }
    return titles;
  }

  Optional<String> first(int many) {
    List<String> titles = titlesWith("");
    return titles.size() < many ? Optional.empty() : Optional.of(titles.get(0));
  }

  Summary summaryOf(String part) {
    long cents = 0;
    List<Article> found = articles.findByTitleContainingOrderByCents(part);
    for (Article article : found) {
      cents += article.getCents();
    }
    return new Summary(part, found.size(), cents);
  }
}
