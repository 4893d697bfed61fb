package com.acme.shop.reports;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads sales. */
@Repository
class SalesRepository {

  private final JdbcClient jdbc;

  SalesRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The sales of each category, best first. Joins all sales with all products. */
  List<CategorySales> byCategory() {
    return jdbc.sql(
            """
            SELECT p.category, COUNT(*) AS sales, COUNT(DISTINCT s.user_id) AS customers,
              SUM(s.quantity) AS units, SUM(s.quantity * s.unit_price) AS revenue
            FROM sales s JOIN products p ON p.id = s.product_id
            GROUP BY p.category
            ORDER BY revenue DESC, p.category
            """)
        .query(CategorySales.class)
        .list();
  }
}
