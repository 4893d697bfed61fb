package com.acme.shop.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    // given, JDBC URL, user, password
    "postgres://ada:secret@db/shop, jdbc:postgresql://db/shop, ada, secret",
    "postgresql://ada:secret@db:6543/shop, jdbc:postgresql://db:6543/shop, ada, secret",
    "postgres://ada@db/shop, jdbc:postgresql://db/shop, ada,",
    "postgres://ada:@db/shop, jdbc:postgresql://db/shop, ada, ''",
    "postgres://db/shop, jdbc:postgresql://db/shop,,",
    "postgres://a:b@[::1]:5432/shop, jdbc:postgresql://[::1]:5432/shop, a, b",
    "postgres://a:b@my_db/shop?sslmode=require, jdbc:postgresql://my_db/shop?sslmode=require, a, b",
    "postgres://a%40b:p%2Fq%25%3A+c@db/shop, jdbc:postgresql://db/shop, a@b, p/q%:+c",
    "postgres://ada:p@ss:w@db/shop, jdbc:postgresql://db/shop, ada, p@ss:w",
    "' postgres://a:b@db/shop ', jdbc:postgresql://db/shop, a, b",
    "jdbc:postgresql://db/shop?user=a&password=b, jdbc:postgresql://db/shop?user=a&password=b,,",
    "jdbc:h2:mem:test, jdbc:h2:mem:test,,",
  })
  void bothFormsAreUnderstood(
      String text, String jdbcUrl, @Nullable String user, @Nullable String password) {
    assertEquals(new DatabaseUrl(jdbcUrl, user, password), DatabaseUrl.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void withoutUrlTheDatabaseIsInMemory(String text) {
    assertEquals("jdbc:h2:mem:shop", DatabaseUrl.parse(text).jdbcUrl().split(";", -1)[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://ada:secret@db/shop, is neither a JDBC URL nor one of PostgreSQL",
    "secret, is neither a JDBC URL nor one of PostgreSQL",
    "postgres://ada:secret@db, names no database",
    "postgres://ada:secret@db/, names no database",
    "postgres://ada:secret@db/?sslmode=require, names no database",
    "postgres:///shop, names no host",
    "postgres://ada:secret@/shop, names no host",
    "postgres://ada:secret%zz@db/shop,"
        + " has a % in its user or password that is not followed by two hex digits",
  })
  void whatIsNoUrlIsRefusedWithARemedyAndWithoutThePassword(String text, String what) {
    var e = assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parse(text));

    assertEquals(
        "DATABASE_URL "
            + what
            + ". Write jdbc:postgresql://host/database or"
            + " postgres://user:password@host:5432/database, with characters such as @, / and % in"
            + " the password percent-encoded; leave it empty for a database in memory.",
        e.getMessage());
  }

  @Test
  void itsTextHasNoCredentials() {
    assertEquals(
        "jdbc:postgresql://db/shop",
        DatabaseUrl.parse("jdbc:postgresql://db/shop?user=a&password=secret").toString());
    assertEquals(
        "jdbc:postgresql://db/shop", DatabaseUrl.parse("postgres://a:secret@db/shop").toString());
  }
}
