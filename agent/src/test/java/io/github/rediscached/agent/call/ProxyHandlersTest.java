package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which handlers of proxies share entries, and what the methods of an interface are about. */
class ProxyHandlersTest {

  /** As declarative clients of one interface are: equal if they talk to the same host. */
  private record Client(String host) implements InvocationHandler {

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return host;
    }
  }

  private final ProxyHandlers handlers = new ProxyHandlers();

  @Test
  void eachHandlerHasARealmOfItsOwnUnlessItEqualsAnother() {
    Client first = new Client("a");
    Client second = new Client("b");
    Client equal = new Client("b");

    assertEquals("", handlers.realmOf(first));
    String other = handlers.realmOf(second);

    assertNotEquals("", other);
    assertEquals(other, handlers.realmOf(equal));
    assertEquals("", handlers.realmOf(first));
    assertEquals("", handlers.realmOf(new Client("a")));
  }

  @Test
  void veryManyAreNotToldApart() {
    List<Object> alive = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Object handler = new Client("host " + i);
      alive.add(handler);
      handlers.realmOf(handler);
    }

    assertNull(handlers.realmOf(new Client("one more")));
    assertEquals("", handlers.realmOf(alive.get(0)));
  }

  interface Crud<T, I> {
    Optional<T> find(I id, String other);
  }

  interface Named<N> extends Crud<String, N> {}

  interface Names extends Named<Long> {}

  @Test
  void typeParametersAreWhatTheInheritingInterfaceSays() throws NoSuchMethodException {
    Method find = Crud.class.getMethod("find", Object.class, String.class);

    assertEquals(List.of(Long.class, String.class), TypeArguments.parametersOf(find, Names.class));
    assertEquals(
        List.of(Object.class, String.class), TypeArguments.parametersOf(find, Named.class));
    Object declared = ResultType.of(find, Names.class).declared();
    assertEquals(
        String.class, ((java.lang.reflect.ParameterizedType) declared).getActualTypeArguments()[0]);
  }
}
