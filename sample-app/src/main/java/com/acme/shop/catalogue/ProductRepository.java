package com.acme.shop.catalogue;

import com.acme.shop.catalogue.ProductPage.AlsoBought;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes products. */
@Repository
class ProductRepository {

  private static final int PAGE_SIZE = 20;
  private static final String COLUMNS = "id, name, category, description, price";

  private final JdbcClient jdbc;

  ProductRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Product> find(long id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM products WHERE id = :id")
        .param("id", id)
        .query(Product.class)
        .optional();
  }

  /** What the sales say of a product. Joins all purchases of all who bought it. */
  ProductPage page(Product product) {
    List<AlsoBought> alsoBought = alsoBought(product.id());
    return jdbc.sql(
            "SELECT SUM(quantity) AS units, MAX(sold_on) AS last_day FROM sales"
                + " WHERE product_id = :id")
        .param("id", product.id())
        .query(
            (row, number) ->
                new ProductPage(
                    product,
                    row.getLong("units"),
                    row.getObject("last_day", LocalDate.class),
                    alsoBought))
        .single();
  }

  private List<AlsoBought> alsoBought(long id) {
    return jdbc.sql(
            """
            SELECT other.id, other.name, COUNT(DISTINCT theirs.user_id) AS buyers
            FROM sales mine
              JOIN sales theirs ON theirs.user_id = mine.user_id AND theirs.product_id <> mine.product_id
              JOIN products other ON other.id = theirs.product_id
            WHERE mine.product_id = :id
            GROUP BY other.id, other.name
            ORDER BY buyers DESC, other.id
            LIMIT 5
            """)
        .param("id", id)
        .query(AlsoBought.class)
        .list();
  }

  /** The months in which a product was sold, newest first. */
  List<ProductSales.Month> months(long id) {
    return jdbc.sql(
            """
            SELECT EXTRACT(YEAR FROM sold_on) AS in_year, EXTRACT(MONTH FROM sold_on) AS in_month,
              SUM(quantity) AS units, SUM(quantity * unit_price) AS revenue
            FROM sales
            WHERE product_id = :id
            GROUP BY EXTRACT(YEAR FROM sold_on), EXTRACT(MONTH FROM sold_on)
            ORDER BY in_year DESC, in_month DESC
            """)
        .param("id", id)
        .query(
            (row, number) ->
                new ProductSales.Month(
                    row.getInt("in_year"),
                    row.getInt("in_month"),
                    row.getLong("units"),
                    row.getBigDecimal("revenue")))
        .list();
  }

  /** Reads all products of a category; empty: no such category. */
  Optional<CategoryPrices> pricesOfCategory(String category) {
    return jdbc.sql(
            """
            SELECT category, COUNT(*) AS products, MIN(price) AS lowest,
              ROUND(AVG(price), 2) AS average, MAX(price) AS highest
            FROM products
            WHERE category = :category
            GROUP BY category
            """)
        .param("category", category)
        .query(CategoryPrices.class)
        .optional();
  }

  /**
   * A part of a category, cheapest first. Only listed in {@code rediscached.yaml}.
   *
   * @param page counts from 0
   * @return empty: no such category, or no such page in it
   */
  Optional<CategoryPage> pageOfCategory(String category, int page) {
    long total =
        jdbc.sql("SELECT COUNT(*) FROM products WHERE category = :category")
            .param("category", category)
            .query(Long.class)
            .single();
    long offset = (long) page * PAGE_SIZE;
    if (offset >= total) {
      return Optional.empty();
    }
    List<Product> products =
        jdbc.sql(
                "SELECT "
                    + COLUMNS
                    + " FROM products WHERE category = :category"
                    + " ORDER BY price, id LIMIT :size OFFSET :offset")
            .param("category", category)
            .param("size", PAGE_SIZE)
            .param("offset", offset)
            .query(Product.class)
            .list();
    return Optional.of(new CategoryPage(category, page, total, products));
  }

  /**
   * The products that have all words in their name or description, those with the first one in the
   * name before the others. Reads the whole table.
   *
   * @param words in lower case, at least one
   */
  SearchResult search(List<String> words) {
    StringBuilder where = new StringBuilder();
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (String word : words) {
      String parameter = "word" + parameters.size();
      where
          .append(where.isEmpty() ? "" : " AND ")
          .append("LOWER(name || ' ' || description) LIKE :")
          .append(parameter)
          .append(" ESCAPE '!'");
      parameters.put(parameter, containing(word));
    }
    long total =
        jdbc.sql("SELECT COUNT(*) FROM products WHERE " + where)
            .params(parameters)
            .query(Long.class)
            .single();
    List<Product> products =
        jdbc.sql(
                "SELECT "
                    + COLUMNS
                    + " FROM products WHERE "
                    + where
                    + " ORDER BY CASE WHEN LOWER(name) LIKE :word0 ESCAPE '!' THEN 0 ELSE 1 END, id"
                    + " LIMIT "
                    + PAGE_SIZE)
            .params(parameters)
            .query(Product.class)
            .list();
    return new SearchResult(total, products);
  }

  private static String containing(String word) {
    return "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }

  /** Whether there is such a product. */
  boolean updatePrice(long id, BigDecimal price) {
    return jdbc.sql("UPDATE products SET price = :price WHERE id = :id")
            .param("price", price)
            .param("id", id)
            .update()
        == 1;
  }
}
