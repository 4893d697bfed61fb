package com.acme.inheritance;

import io.github.rediscached.RedisCached;
import java.io.IOException;

/**
 * Annotations and rules on supertypes. Each family of types is loaded by its first use here, so
 * that an implementor's class file passes the agent before those of its supertypes.
 */
public final class Inheritance {

  private Inheritance() {}

  public static void main(String[] args) throws IOException {
    Counted.atOnce("code of a foreign superclass", new ByForeignCode()::price);
    Counted.eventually("foreign code made visible", new VisibleByForeignCode()::discount);
    Counted.eventually("interface", new ByInterface()::find);
    Counted.eventually("superclass", new BySuperclass()::find);
    Counted.eventually("intermediates", new ThroughIntermediates()::find);
    Counted.atOnce("later implementor", new LaterImplementor()::find);
    Counted.eventually("generic", id -> new ByGeneric().find(id));
    Counted.eventually("generic through its interface", id -> throughGeneric(new ByOther(), id));
    Counted.eventually("inherited implementation", ((Names) new ByInheritance())::find);
    Counted.atOnce("own annotation", new WithOwn()::find);
    Counted.eventually("two interfaces, first", new ByTwo()::first);
    Counted.eventually("two interfaces, second", new ByTwo()::second);
    Counted.atOnce("lambda", ((Products) Inheritance::ofLambda)::find);
    Counted.atOnce("overload", new ByInterface()::findOther);
    // Rules.
    Counted.atOnce("rule for implementors", new RuledImplementor()::find);
    Counted.eventually("rule through intermediate", new RuledThroughIntermediate()::find);
    Counted.atOnce("rule for the type", new RuledBase()::find);
    Counted.atOnce("rule for another method", new RuledImplementor()::other);
    Counted.atOnce("rule for a type of the JDK", id -> new RuledSupplier().get());
    Counted.atOnce("rule with wildcards", new WildProducts()::find);
    Counted.atOnce("rule without plus", new PlainBase()::find);
    Counted.atOnce("no plus, no subtype", new PlainSubtype()::find);
    System.out.println(
        "objects=" + new Money(1) + new Money(2) + new Money(1).equals(new Money(2)));
    System.out.println("named=" + new Named(1) + new Named(2));
    // What is found out in the background has time until the input ends.
    while (System.in.read() >= 0) {}
  }

  private static <T> Object throughGeneric(Repository<T> repository, T id) {
    return repository.find(id);
  }

  private static String ofLambda(int id) {
    Counted.ran("lambda");
    return "lambda " + id;
  }

  interface Products {
    @RedisCached
    String find(int id);

    default String findOther(int id) {
      Counted.ran("overload");
      return "other " + id;
    }
  }

  static final class ByInterface implements Products {
    @Override
    public String find(int id) {
      Counted.ran("interface");
      return "interface " + id;
    }
  }

  static class Superclass {
    @RedisCached
    String find(int id) {
      Counted.ran("superclass");
      return "super " + id;
    }
  }

  static final class BySuperclass extends Superclass {
    @Override
    String find(int id) {
      Counted.ran("superclass");
      return "sub " + id;
    }
  }

  interface Annotated {
    @RedisCached
    long find(long id);
  }

  interface Between extends Annotated {}

  abstract static class FurtherBetween implements Between {}

  static class ThroughIntermediates extends FurtherBetween {
    @Override
    public long find(long id) {
      Counted.ran("intermediates");
      return id + 1;
    }
  }

  /** Loaded when all its supertypes are known. */
  static final class LaterImplementor extends FurtherBetween {
    @Override
    public long find(long id) {
      Counted.ran("later implementor");
      return id + 2;
    }
  }

  interface Repository<T> {
    @RedisCached
    Object find(T id);
  }

  static final class ByGeneric implements Repository<Integer> {
    @Override
    public String find(Integer id) {
      Counted.ran("generic");
      return "generic " + id;
    }
  }

  static final class ByOther implements Repository<Integer> {
    @Override
    public String find(Integer id) {
      Counted.ran("generic through its interface");
      return "generic " + id;
    }
  }

  /** Knows nothing of the interface. */
  static class GenericBase<T> {
    private final T result;

    GenericBase(T result) {
      this.result = result;
    }

    public T find(int id) {
      Counted.ran("inherited implementation");
      return result;
    }
  }

  interface Names {
    @RedisCached
    String find(int id);
  }

  static final class ByInheritance extends GenericBase<String> implements Names {
    ByInheritance() {
      super("inherited");
    }
  }

  static final class WithOwn implements Products {
    @Override
    @RedisCached(cache = "own")
    public String find(int id) {
      Counted.ran("own annotation");
      return "own " + id;
    }
  }

  interface First {
    @RedisCached
    String first(int id);
  }

  interface Second {
    @RedisCached
    String second(int id);
  }

  static final class ByTwo implements First, Second {
    @Override
    public String first(int id) {
      Counted.ran("two interfaces, first");
      return "first " + id;
    }

    @Override
    public String second(int id) {
      Counted.ran("two interfaces, second");
      return "second " + id;
    }
  }

  interface Ruled {
    String find(int id);
  }

  static final class RuledImplementor implements Ruled {
    @Override
    public String find(int id) {
      Counted.ran("rule for implementors");
      return "ruled " + id;
    }

    public String other(int id) {
      Counted.ran("rule for another method");
      return "other " + id;
    }
  }

  abstract static class RuledBetween implements Ruled {}

  static final class RuledThroughIntermediate extends RuledBetween {
    @Override
    public String find(int id) {
      Counted.ran("rule through intermediate");
      return "ruled " + id;
    }
  }

  static class RuledBase {
    String find(int id) {
      Counted.ran("rule for the type");
      return "base " + id;
    }
  }

  static final class RuledSupplier implements java.util.function.Supplier<String> {
    @Override
    public String get() {
      Counted.ran("rule for a type of the JDK");
      return "supplied";
    }
  }

  static final class WildProducts {
    String find(int id) {
      Counted.ran("rule with wildcards");
      return "wild " + id;
    }
  }

  static class PlainBase {
    String find(int id) {
      Counted.ran("rule without plus");
      return "plain " + id;
    }
  }

  static final class PlainSubtype extends PlainBase {
    @Override
    String find(int id) {
      Counted.ran("no plus, no subtype");
      return "subtype " + id;
    }
  }

  interface Prices {
    @RedisCached
    int price(int id);
  }

  static class PriceList {
    public int price(int id) {
      Counted.ran("code of a foreign superclass");
      return id;
    }
  }

  static final class ByForeignCode extends PriceList implements Prices {}

  interface Discounts {
    @RedisCached
    int discount(int id);
  }

  static class DiscountList {
    public int discount(int id) {
      Counted.ran("foreign code made visible");
      return id;
    }
  }

  /** The compiler adds methods that call those of the superclass, as that one is not public. */
  public static final class VisibleByForeignCode extends DiscountList implements Discounts {}

  /** All its methods are named by a wildcard. */
  static final class Money {
    private final int amount;

    Money(int amount) {
      this.amount = amount;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Money money && amount == money.amount;
    }

    @Override
    public int hashCode() {
      return amount;
    }

    @Override
    public String toString() {
      return "money " + amount + ' ';
    }
  }

  /** Its toString is named by a rule. */
  static final class Named {
    private final int number;

    Named(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "named " + number + ' ';
    }
  }
}
