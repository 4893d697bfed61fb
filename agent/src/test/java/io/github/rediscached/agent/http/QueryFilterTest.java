package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueryFilterTest {

  private final QueryFilter filter = new QueryFilter(List.of("page", "size"));

  @Test
  void keepsTheNamedParametersInTheOrderOfTheRule() {
    assertEquals("page=2&size=10", filter.of("utm=x&size=10&page=2"));
    assertEquals("page=1&page=2", filter.of("page=1&a=b&page=2"));
    assertEquals("page", filter.of("page&a"));
    assertEquals("p%61ge=1", filter.of("p%61ge=1&x=%"));
  }

  @Test
  void isNothingWhereNoneIsNamed() {
    assertNull(filter.of("utm=x"));
    assertNull(new QueryFilter(List.of()).of("page=1"));
  }

  @Test
  void showsHandlersOnlyThose() {
    assertTrue(filter.shows("page"));
    assertFalse(filter.shows("utm"));
  }
}
