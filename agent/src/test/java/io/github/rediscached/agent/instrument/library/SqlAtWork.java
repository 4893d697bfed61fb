package io.github.rediscached.agent.instrument.library;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.h2.Driver;

/** A database with tables, indexes, transactions and mistakes. */
public final class SqlAtWork implements Callable<String> {

  @Override
  public String call() throws SQLException {
    StringBuilder said = new StringBuilder();
    try (Connection connection = new Driver().connect("jdbc:h2:mem:", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table product(id bigint primary key, name varchar(40) not null, price decimal(9,2),"
              + " category varchar(10), added timestamp)");
      statement.execute(
          "insert into product select x, 'product ' || x, x * 1.25, 'c' || mod(x, 7),"
              + " dateadd(day, x, timestamp '2026-01-01 10:00:00') from system_range(1, 99)");
      statement.execute("create index by_category on product(category, price)");
      query(
          said,
          statement,
          "select category, count(*), sum(price), avg(price), max(name) from product"
              + " where id between 10 and 80 group by category having count(*) > 3 order by 1 desc");
      query(
          said,
          statement,
          "select p.id, q.name from product p left join product q on q.id = p.id * 2"
              + " where p.price > 60 and p.name like '%9%' order by p.id limit 5");
      query(
          said,
          statement,
          "with recursive t(n) as (select 1 union all select n + 1 from t where n < 9)"
              + " select sum(n), listagg(n, '-') within group (order by n desc) from t");
      query(
          said,
          statement,
          "select id, rank() over (partition by category order by price desc) r,"
              + " cast(price as varchar), extract(month from added), upper(substring(name, 3, 4)),"
              + " nullif(category, 'c1'), case when id > 7 then 'many' else 'few' end"
              + " from product order by r, id fetch first 5 rows only");
      connection.setAutoCommit(false);
      statement.execute("update product set price = price + 1 where category = 'c3'");
      query(said, statement, "select sum(price) from product");
      connection.rollback();
      query(said, statement, "select sum(price) from product");
      query(said, statement, "select nothing from product");
      query(said, statement, "selec 1");
      query(said, statement, "select 1 / 0");
      query(said, statement, "insert into product(id, name) values (1, 'again')");
      query(said, statement, "select regexp_replace('a1b2', '[0-9]', '#'), hash('SHA-256', 'x')");
    }
    return said.toString();
  }

  private static void query(StringBuilder said, Statement statement, String sql) {
    try {
      if (!statement.execute(sql)) {
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            Object value = rows.getObject(column);
            said.append(value instanceof byte[] bytes ? bytes.length : value).append('|');
          }
          said.append('\n');
        }
      }
    } catch (SQLException e) {
      said.append(e.getErrorCode()).append(' ').append(e.getMessage()).append('\n');
    }
  }
}
