package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.plan.TypePattern;
import io.github.rediscached.agent.plan.ValueOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that reach into the application, and data that only looks so. */
class ApplicationPartsTest {

  static class Store {
    final Map<Long, String> rows = new HashMap<>();

    void keep(Account account) {
      rows.put(account.id, account.owner);
    }
  }

  static class OrderRepository extends Store {}

  static class Mailer {
    int sent;

    void send(String text) {
      sent += text.length();
    }
  }

  /** Data, whatever its name says. */
  static class CleaningService {
    private String name = "windows";

    String getName() {
      return name;
    }
  }

  static class Account {
    final long id = 1;
    String owner = "ann";
    @Nullable Object other;

    Account(@Nullable Object other) {
      this.other = other;
    }
  }

  static class Service {
    static final Store SHARED = new Store();
    final Store own = new Store();
    final CleaningService data = new CleaningService();
  }

  static class Rates {
    final Map<String, Double> now = new HashMap<>();
    final List<Quote> quotes = new ArrayList<>();

    class Quote {
      double value() {
        return now.getOrDefault("EUR", 0.0);
      }
    }
  }

  @Test
  void partsAreKnownByNameAndByWhatTheyDo() {
    assertRefused("which is a part of the application by its name", new OrderRepository());
    assertRefused("whose method send works on other objects", new Mailer());
    assertRefused("which has cached methods itself and so is a service", new Service());
  }

  @Test
  void whatTheMethodHasAtHandIsRefused() {
    Service service = new Service();
    String held = "which the object or the class of the cached method holds as well";
    for (Object part : List.of(service.own, Service.SHARED)) {
      UncacheableValueException refused =
          assertThrows(
              UncacheableValueException.class,
              () -> format(ValueOptions.NONE).write(service, 0, new Account(part), 10_000));
      assertTrue(refused.getMessage().contains(held), refused.getMessage());
      assertTrue(refused.getMessage().contains("Account.other"), refused.getMessage());
    }
  }

  @Test
  void dataComesBackAsData() throws Exception {
    Service service = new Service();
    assertEquals("windows", ((CleaningService) copy(service, service.data)).getName());
    assertEquals("ann", ((Account) copy(service, new Account(new Store()))).owner);
  }

  @Test
  void anOuterObjectComesOnlyAsAPartOfTheValue() throws Exception {
    Rates rates = new Rates();
    Rates.Quote quote = rates.new Quote();
    assertRefused("which is around an object of its inner class", quote);
    rates.quotes.add(quote);
    rates.now.put("EUR", 2.0);
    Rates back = (Rates) copy(null, rates);
    assertEquals(2.0, back.quotes.get(0).value());
    back.now.put("EUR", 3.0);
    assertEquals(3.0, back.quotes.get(0).value());
  }

  @Test
  void settingsHaveTheLastWord() throws Exception {
    List<TypePattern> mailer = List.of(TypePattern.parse(Mailer.class.getName()));
    ValueFormat data = format(new ValueOptions(mailer, List.of(), List.of()));
    byte[] bytes = data.write(null, 0, new Mailer(), 10_000);
    assertEquals(
        Mailer.class, Objects.requireNonNull(data.read(bytes, 0, bytes.length)).getClass());

    List<TypePattern> account = List.of(TypePattern.parse(Account.class.getName()));
    ValueFormat refusing = format(new ValueOptions(List.of(), account, List.of()));
    UncacheableValueException refused =
        assertThrows(
            UncacheableValueException.class,
            () -> refusing.write(null, 0, new Account(null), 10_000));
    assertTrue(refused.getMessage().contains("`values.refused`"), refused.getMessage());
  }

  @Test
  void anAllowedClassIsReadThoughNothingLeadsToIt() throws Exception {
    byte[] bytes = format(ValueOptions.NONE).write(null, 0, new Account(null), 10_000);
    List<TypePattern> ours = List.of(TypePattern.parse("io.github.rediscached..*"));
    assertThrows(
        UnreadableValueException.class,
        () -> format(ValueOptions.NONE).read(bytes, 0, bytes.length));
    Object read = format(new ValueOptions(List.of(), List.of(), ours)).read(bytes, 0, bytes.length);
    assertEquals(Account.class, Objects.requireNonNull(read).getClass());
  }

  private static void assertRefused(String reason, Object value) {
    UncacheableValueException refused =
        assertThrows(
            UncacheableValueException.class,
            () -> format(ValueOptions.NONE).write(null, 0, List.of(value), 10_000));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertTrue(refused.getMessage().contains("`values.data`"), refused.getMessage());
  }

  private static Object copy(@Nullable Object target, Object value) throws Exception {
    ValueFormat format = format(ValueOptions.NONE);
    byte[] bytes = format.write(target, 0, value, 10_000);
    return Objects.requireNonNull(format.read(bytes, 0, bytes.length));
  }

  private static ValueFormat format(ValueOptions options) {
    return new ValueCodec(ApplicationPartsTest.class.getClassLoader(), Codecs::open, options)
        .formatOf(Service.class, Object.class, List.of());
  }
}
