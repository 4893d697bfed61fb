package io.github.rediscached.agent.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads without SpEL what SpEL reads, and leaves to SpEL what it can't be sure of. */
class ArgumentPathTest {

  record Customer(long id, String name, boolean active) {}

  record Both(int id) {
    public int getId() {
      return id + 1;
    }
  }

  public static final class Flags {
    public final int count = 3;
    public final int shadowed = 4;
    public static final int SHARED = 5;

    public boolean isOn() {
      return true;
    }

    public String isText() {
      return "text";
    }

    public int getShadowed() {
      return 40;
    }

    public static int getStatic() {
      return 6;
    }

    public int getURL() {
      return 7;
    }
  }

  static class Order {
    public int number = 1;

    public Customer getCustomer() {
      return new Customer(42, "ann", true);
    }

    public Object getAny() {
      return "any";
    }

    public boolean isPaid() {
      return true;
    }

    public int lines() {
      return 2;
    }
  }

  /** SpEL reads its own getters, not what the declared type offers. */
  static class OwnOrder extends Order {
    public int getNumber() {
      return 10;
    }

    public boolean getPaid() {
      return false;
    }

    public int getLines() {
      return 20;
    }

    @Override
    public Customer getCustomer() {
      return new Customer(43, "bob", false);
    }
  }

  /** What is called. */
  interface Called {
    void call(
        long id,
        Order order,
        Customer customer,
        Flags flags,
        Both both,
        LocalDate date,
        Class<?> type,
        Type anyType,
        List<String> list,
        String text);
  }

  private static final Method METHOD = method();
  private static final List<@Nullable String> NAMES =
      List.of(
          "id", "order", "customer", "flags", "both", "date", "type", "anyType", "list", "text");

  private static Method method() {
    return Called.class.getDeclaredMethods()[0];
  }

  private static Object[] arguments(Order order) {
    return new Object[] {
      7L,
      order,
      new Customer(8, "eve", false),
      new Flags(),
      new Both(1),
      LocalDate.of(2024, 2, 29),
      String.class,
      String.class,
      new ArrayList<>(List.of("a")),
      "some"
    };
  }

  private static @Nullable Object bySpel(String text, Object[] arguments)
      throws ExpressionException {
    // In parentheses it is no variable and nothing that is read without SpEL.
    return TestExpression.parse("key", "(" + text + ")", NAMES, false)
        .evaluate(
            new ExpressionCall(
                METHOD, null, arguments, null, ArgumentPathTest.class.getClassLoader()));
  }

  private static @Nullable ArgumentPath path(String text) throws ExpressionException {
    return TestExpression.parse("key", text, NAMES, false).argumentPath(METHOD.getParameterTypes());
  }

  @ParameterizedTest
  @CsvSource({
    "#id, long",
    "#p0, long",
    "#a0, long",
    "#root.args[0], long",
    "#root.args[2].id, long",
    "#customer.id, long",
    "#customer.name, java.lang.String",
    "#customer.active, boolean",
    "#order.customer.id, long",
    "#p1.customer.name, java.lang.String",
    "#flags.on, boolean",
    "#flags.count, int",
    "#flags.shadowed, int",
    "#flags.URL, int",
    "#both.id, int",
    "#date.year, int",
    "#date.dayOfMonth, int",
    "#text.length, int",
    "#text.empty, boolean"
  })
  void readsWhatSpelReads(String text, String type) throws Throwable {
    ArgumentPath path = path(text);

    assertNotNull(path, text);
    assertEquals(type, path.type().getName());
    for (Order order : List.of(new Order(), new OwnOrder())) {
      assertEquals(bySpel(text, arguments(order)), path.read(arguments(order)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#order.number",
        "#order.paid",
        "#order.lines",
        "#order?.customer",
        "#flags.static",
        "#flags.SHARED",
        "#type.name",
        "#anyType.typeName",
        "#list.size",
        "#customer.id()",
        "#id + 1",
        "#root.args[0] + 1",
        "#root.methodName",
        "#root.args.length",
        "#this.methodName",
        "'id'"
      })
  void leavesToSpelWhatItCanNotBeSureOf(String text) throws ExpressionException {
    assertNull(path(text));
  }

  @Test
  void whatSpelCallsAPropertyOfNoGoodTypeIsLeftToItsFailure() throws ExpressionException {
    assertNull(path("#flags.text"));
    assertNull(path("#flags.none"));
    assertNull(path("#order.customer.none"));
  }

  @Test
  void aNullOnTheWayIsAFailureAsItIsOfSpel() throws ExpressionException {
    for (String text : List.of("#customer.id", "#order.customer.name")) {
      ArgumentPath path = path(text);
      Object[] nothing = new Object[NAMES.size()];

      assertNotNull(path);
      assertThrows(NullPointerException.class, () -> path.read(nothing));
      assertThrows(ExpressionException.class, () -> bySpel(text, nothing));
    }
  }

  @Test
  void anArgumentMayBeNull() throws Throwable {
    ArgumentPath path = path("#customer");

    assertNotNull(path);
    assertNull(path.reader());
    assertNull(path.read(new Object[NAMES.size()]));
  }

  /** Not public, and of several types. */
  @SuppressWarnings("UnusedMethod") // Read by expressions.
  abstract static class Hidden<T extends Collection<String>> {
    public abstract T getAll();
  }

  @SuppressWarnings("UnusedMethod") // Read by expressions.
  static final class HiddenList extends Hidden<List<String>> {
    @Override
    public List<String> getAll() {
      return List.of("x");
    }
  }

  @Test
  void bridgesOfCompilersAreNotTakenForGetters() throws Throwable {
    ArgumentPath path =
        TestExpression.parse("key", "#p0.all", List.of("it"), false)
            .argumentPath(new Class<?>[] {HiddenList.class});

    assertNotNull(path);
    assertEquals(List.class, path.type());
    assertEquals(List.of("x"), path.read(new Object[] {new HiddenList()}));
  }
}
