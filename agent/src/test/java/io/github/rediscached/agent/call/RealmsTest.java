package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;

class RealmsTest {

  private final Realms realms = new Realms(new Applications((topic, message) -> {}));

  public static class Dao {}

  public static class OrderDao extends Dao {}

  public static class UserDao extends Dao {}

  interface Repository {
    default String find() {
      return "";
    }
  }

  interface OrderRepository extends Repository {}

  enum Color implements Repository {
    RED {
      @Override
      public String find() {
        return "red";
      }
    },
    BLUE
  }

  @Test
  void whatABaseClassGivesIsGoodForOneSubclass() {
    assertEquals("", realms.of(Dao.class));
    assertEquals("", realms.of(Dao.class, Dao.class));
    assertNotEquals("", realms.of(Dao.class, OrderDao.class));
    assertNotEquals(realms.of(Dao.class, UserDao.class), realms.of(Dao.class, OrderDao.class));
    assertEquals(
        realms.of(Dao.class, OrderDao.class),
        new Realms(new Applications((topic, message) -> {})).of(Dao.class, OrderDao.class),
        "on every JVM");
  }

  @Test
  void aSubclassOfAFrameworkIsTakenForTheClassThatItWasMadeFor() {
    Class<?> generated =
        new ByteBuddy()
            .subclass(OrderDao.class)
            .make()
            .load(OrderDao.class.getClassLoader())
            .getLoaded();

    assertEquals("", realms.of(OrderDao.class, generated));
    assertEquals(realms.of(Dao.class, OrderDao.class), realms.of(Dao.class, generated));
  }

  @Test
  void aProxyIsTakenForItsInterfaces() {
    assertEquals("", realms.of(Repository.class, proxy(Repository.class, Runnable.class)));
    String orders = realms.of(Repository.class, proxy(Runnable.class, OrderRepository.class));
    assertTrue(orders.contains("OrderRepository"), orders);
    assertEquals(orders, realms.of(Repository.class, proxy(OrderRepository.class)));
    assertEquals("", realms.of(OrderRepository.class, proxy(OrderRepository.class)));
  }

  private static Class<?> proxy(Class<?>... interfaces) {
    return Proxy.newProxyInstance(
            RealmsTest.class.getClassLoader(), interfaces, (proxy, method, arguments) -> null)
        .getClass();
  }

  @Test
  void classesWithoutALastingNameShareWithNobody() {
    Class<?> anonymous = new Repository() {}.getClass();

    assertNotEquals(realms.of(Repository.class, anonymous), realms.of(Repository.class, anonymous));
  }

  @Test
  void aConstantWithABodyIsOneOfItsEnum() {
    assertEquals(
        realms.of(Repository.class, ((Object) Color.BLUE).getClass()),
        realms.of(Repository.class, ((Object) Color.RED).getClass()));
  }

  record Value() {}

  @Test
  void whatHasNoSubclassesNeedsNoRealm() {
    assertTrue(Realms.mayHaveSubclasses(Dao.class));
    assertTrue(Realms.mayHaveSubclasses(Repository.class));
    assertFalse(Realms.mayHaveSubclasses(Value.class));
    assertFalse(Realms.mayHaveSubclasses(Color.class));
    assertFalse(Realms.mayHaveSubclasses(String.class));
  }
}
