package com.acme.shop.users;

import com.acme.shop.users.UserProfile.Purchase;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes users. */
@Repository
class UserRepository {

  private final JdbcClient jdbc;

  UserRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<User> find(long id) {
    return jdbc.sql("SELECT id, name, email, city, joined_on FROM users WHERE id = :id")
        .param("id", id)
        .query(User.class)
        .optional();
  }

  /** What a user has spent in each category, most first. */
  Map<String, BigDecimal> spentByCategory(long id) {
    Map<String, BigDecimal> spent = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT p.category, SUM(s.quantity * s.unit_price) AS spent
            FROM sales s JOIN products p ON p.id = s.product_id
            WHERE s.user_id = :id
            GROUP BY p.category
            ORDER BY spent DESC, p.category
            """)
        .param("id", id)
        .query(
            row -> {
              spent.put(row.getString("category"), row.getBigDecimal("spent"));
            });
    return spent;
  }

  /** The newest purchases of a user, newest first. */
  List<Purchase> lastPurchases(long id) {
    return jdbc.sql(
            """
            SELECT p.id AS product_id, p.name AS product, s.quantity, s.sold_on AS "on"
            FROM sales s JOIN products p ON p.id = s.product_id
            WHERE s.user_id = :id
            ORDER BY s.sold_on DESC, s.id DESC
            LIMIT 5
            """)
        .param("id", id)
        .query(Purchase.class)
        .list();
  }

  /** Whether there is such a user. */
  boolean update(long id, UserChange change) {
    return jdbc.sql("UPDATE users SET name = :name, email = :email, city = :city WHERE id = :id")
            .param("name", change.name())
            .param("email", change.email())
            .param("city", change.city())
            .param("id", id)
            .update()
        == 1;
  }
}
