package com.acme.largeshop;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Answers requests for articles. */
@RestController
class ArticleController {

  private final ArticleRepository articles;

  ArticleController(ArticleRepository articles) {
    this.articles = articles;
  }

  @GetMapping("/articles/{id}")
  List<Article> article(@PathVariable long id) {
    articles.save(new Article("Article no. " + id, 100 * id));
    return articles.findByTitleContainingOrderByCents("no. " + id);
  }
}
