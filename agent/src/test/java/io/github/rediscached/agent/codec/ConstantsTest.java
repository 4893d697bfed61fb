package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Objects that are compared with {@code ==}. */
class ConstantsTest {

  static class Plan {
    static final Plan FREE = new Plan("free");
    static final Plan PRO = new Plan("pro") {};
    String name;

    Plan(String name) {
      this.name = name;
    }
  }

  record Account(long id, Plan plan) {
    static final Account NONE = new Account(0, Plan.FREE);
  }

  static final class Country {
    private static final Map<String, Country> ALL = new HashMap<>();
    final String code;

    Country(String code) {
      this.code = code;
    }

    static Country of(String code) {
      return ALL.computeIfAbsent(code, Country::new);
    }
  }

  @Test
  void aConstantComesBackAsItself() throws Exception {
    assertSame(Plan.FREE, copy(Plan.FREE));
    assertSame(Plan.PRO, copy(Plan.PRO));
    assertSame(Account.NONE, copy(Account.NONE));
    assertSame(Plan.PRO, ((Account) copy(new Account(1, Plan.PRO))).plan());
    assertSame(Plan.FREE, ((List<?>) copy(List.of(Plan.FREE))).get(0));
  }

  @Test
  void otherObjectsOfItsClassAreOrdinary() throws Exception {
    Plan own = new Plan("own");
    Plan back = (Plan) copy(own);
    assertNotSame(own, back);
    assertEquals("own", back.name);
  }

  @Test
  void copiesForCallersHaveTheConstantToo() throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    byte[] bytes = Codecs.write(format, new Object[] {Plan.FREE, new Plan("own")});
    Object copy = Objects.requireNonNull(Codecs.master(format, bytes)).copy();
    assertSame(Plan.FREE, ((Object[]) copy)[0]);
  }

  @Test
  void anotherListOfConstantsIsAMiss() throws Exception {
    String body = "class V { T t = T.B; }";
    Version before = Version.of(body, "class T { static final T A = new T(), B = new T(); }");
    Version after =
        Version.of(body, "class T { static final T A = new T(), AB = new T(), B = new T(); }");
    byte[] bytes = Codecs.write(before.formatOf("V"), before.newInstance("V"));
    assertThrows(UnreadableValueException.class, () -> Codecs.read(after.formatOf("V"), bytes));
  }

  @Test
  void anObjectThatItsClassKeepsIsRefused() throws Exception {
    UncacheableValueException refused =
        assertThrows(
            UncacheableValueException.class,
            () -> Codecs.write(Codecs.formatOf(Object.class), List.of(Country.of("de"))));
    assertTrue(refused.getMessage().contains("keeps in ALL"), refused.getMessage());
    assertEquals("fr", ((Country) copy(new Country("fr"))).code);
  }

  private static Object copy(Object value) throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    return Objects.requireNonNull(Codecs.read(format, Codecs.write(format, value)));
  }
}
