package com.acme.largeshop;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Where articles are. */
public interface ArticleRepository extends JpaRepository<Article, Long> {

  List<Article> findByTitleContainingOrderByCents(String part);
}
