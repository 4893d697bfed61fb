package com.acme.shop.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the pool of connections out of {@code DATABASE_URL}. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean
  DataSource dataSource(ShopProperties properties) {
    DatabaseUrl url = DatabaseUrl.parse(properties.databaseUrl());
    var pool = new HikariDataSource();
    pool.setPoolName("shop");
    pool.setJdbcUrl(url.jdbcUrl());
    pool.setUsername(url.user());
    pool.setPassword(url.password());
    // PostgreSQL's driver sends a batch as few statements; others ignore it. Seeding takes a third.
    if (url.jdbcUrl().startsWith("jdbc:postgresql:")) {
      pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    }
    return pool;
  }
}
