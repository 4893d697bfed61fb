package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Finding the method that a plan is for. */
class MethodCallsTest {

  static class OptionalLibrary {}

  public static class WithOptionalInPrivate {

    public String find(long id) {
      return id + "";
    }

    String findHere(long id) {
      return id + "";
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // It is there to be looked at.
    private void support(OptionalLibrary library) {}
  }

  @Test
  void aMissingClassInThePrivatePartOfItsClassKeepsNoPublicMethodFromBeingFound() throws Exception {
    Class<?> owner = loadedWithoutLibrary(WithOptionalInPrivate.class);
    Method find = MethodCalls.methodOf(owner, plan("find", "(J)Ljava/lang/String;"));

    assertEquals("find", find.getName());
    assertEquals(owner, find.getDeclaringClass());
    assertThrows(
        NoClassDefFoundError.class,
        () -> MethodCalls.methodOf(owner, plan("findHere", "(J)Ljava/lang/String;")));
  }

  @Test
  void methodsMayDifferInNothingButWhatTheyReturn() throws Exception {
    String name = "compareTo";
    assertEquals(
        int.class,
        MethodCalls.methodOf(Amount.class, plan(name, "(Ljava/lang/Object;)I")).getReturnType());
    assertEquals(
        Amount.class,
        MethodCalls.methodOf(Amount.class, plan("clone", "()" + Amount.class.descriptorString()))
            .getReturnType());
    assertEquals(
        Object.class,
        MethodCalls.methodOf(Amount.class, plan("clone", "()Ljava/lang/Object;")).getReturnType());
  }

  static class Amount implements Comparable<Amount>, Cloneable {

    @Override
    public int compareTo(Amount other) {
      return 0;
    }

    @Override
    public Amount clone() throws CloneNotSupportedException {
      return (Amount) super.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Amount;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  private static MethodPlan plan(String name, String descriptor) {
    return new MethodPlan(
        name, descriptor, name, List.of(), false, null, List.of(), List.of(), null);
  }

  private static Class<?> loadedWithoutLibrary(Class<?> type) throws IOException {
    try (InputStream in =
        type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      assertNotNull(in);
      byte[] bytes = in.readAllBytes();
      return new ClassLoader(null) {
        Class<?> define() {
          return defineClass(type.getName(), bytes, 0, bytes.length);
        }
      }.define();
    }
  }
}
