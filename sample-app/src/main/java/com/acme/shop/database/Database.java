package com.acme.shop.database;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the tables and fills them if they are empty, before the first request is taken. */
@Component
class Database implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int BATCH = 5_000;

  private final DataSource dataSource;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Seed seed;

  Database(
      DataSource dataSource,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      ShopProperties properties) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.seed = new Seed(properties.products(), properties.users(), properties.sales());
  }

  @Override
  public void afterSingletonsInstantiated() {
    run("tables.sql");
    if (jdbc.queryForList("SELECT id FROM products LIMIT 1").isEmpty()) {
      long startNanos = System.nanoTime();
      transaction.executeWithoutResult(status -> fill());
      // Without it PostgreSQL plans the first queries as if the tables were empty.
      jdbc.execute("ANALYZE");
      LOG.info("Filled the database in {} ms", (System.nanoTime() - startNanos) / 1_000_000);
    }
  }

  private void fill() {
    insert("INSERT INTO products (id, name, category, description, price)", 5, seed.products());
    insert("INSERT INTO users (id, name, email, city, joined_on)", 5, seed.users());
    insert(
        "INSERT INTO sales (id, product_id, user_id, quantity, unit_price, sold_on)",
        6,
        seed.sales());
    run("indexes.sql");
  }

  /** In the current transaction, if there is one. */
  private void run(String script) {
    new ResourceDatabasePopulator(new ClassPathResource(script)).execute(dataSource);
  }

  private void insert(String into, int columns, Stream<Object[]> rows) {
    String sql = into + " VALUES (?" + ", ?".repeat(columns - 1) + ")";
    List<Object[]> batch = new ArrayList<>(BATCH);
    rows.forEachOrdered(
        row -> {
          batch.add(row);
          if (batch.size() == BATCH) {
            jdbc.batchUpdate(sql, batch);
            batch.clear();
          }
        });
    if (!batch.isEmpty()) {
      jdbc.batchUpdate(sql, batch);
    }
  }
}
