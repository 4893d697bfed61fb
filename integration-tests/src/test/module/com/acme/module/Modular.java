package com.acme.module;

import io.github.rediscached.RedisCached;
import java.util.List;
import java.util.Objects;

/** In a named module that opens nothing to anybody. */
public final class Modular {

  private static int runs;

  private Modular() {}

  public static void main(String[] args) {
    for (int i = 0; i < 2; i++) {
      System.out.println("found=" + find(new Id("a", 1)));
      System.out.println("expression=" + byExpression(new Id("b", 2)));
    }
    System.out.println("module=" + Modular.class.getModule().getName());
    System.out.println("runs=" + runs);
  }

  @RedisCached
  static Product find(Id id) {
    runs++;
    return new Product(id, List.of("x"), Size.LARGE);
  }

  @RedisCached(key = "#id.name + #id.number", unless = "#result.size.name() == 'SMALL'")
  static Product byExpression(Id id) {
    runs++;
    return new Product(id, List.of("y"), Size.LARGE);
  }

  private static final class Id {
    private final String name;
    private final long number;

    Id(String name, long number) {
      this.name = name;
      this.number = number;
    }

    public String getName() {
      return name;
    }

    public long getNumber() {
      return number;
    }

    @Override
    public String toString() {
      return name + number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Id && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, number);
    }
  }

  private record Product(Id id, List<String> tags, Size size) {}

  private enum Size {
    SMALL,
    LARGE
  }
}
