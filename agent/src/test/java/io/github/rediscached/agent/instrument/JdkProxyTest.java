package io.github.rediscached.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.plan.MethodPattern;
import io.github.rediscached.agent.plan.TestOptions;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Which classes are taken for JDK proxies, and which of these are looked at. */
class JdkProxyTest {

  interface Names extends IntFunction<String> {}

  interface MoreNames extends Names {}

  @Test
  void proxiesAreKnownByTheNameThatTheJdkReservesForThem() {
    assertTrue(CacheTransformer.isNameOfProxy("jdk/proxy2/$Proxy12"));
    assertTrue(CacheTransformer.isNameOfProxy("com/acme/$Proxy7"));
    assertTrue(CacheTransformer.isNameOfProxy("$Proxy0"));
    assertFalse(CacheTransformer.isNameOfProxy("com/acme/Shop$Proxy0"));
    assertFalse(CacheTransformer.isNameOfProxy("com/acme/Proxy"));
  }

  @Test
  void whatAnyInheritedInterfaceIsAskedForConcernsTheProxy() {
    InheritableRequests supertypes =
        new InheritableRequests(
            List.of(
                new MethodRule(
                    MethodPattern.parse("java.util.function.IntFunction+.apply(..)"),
                    TestOptions.DEFAULTS,
                    "here")));

    assertTrue(supertypes.knows(new Class<?>[] {Runnable.class, MoreNames.class}));
    assertFalse(supertypes.knows(new Class<?>[] {Runnable.class, Deprecated.class}));
    assertEquals(1, supertypes.ofProxied(MoreNames.class).rules.size());
  }

  @Test
  void aProxyStandsForTheInterfacesThatSayMost() {
    assertEquals(
        List.of(Runnable.class, MoreNames.class),
        JdkProxy.nearest(
            new Class<?>[] {IntFunction.class, Runnable.class, MoreNames.class, Names.class}));
  }

  @Test
  void whatOnlyLooksLikeAProxyHasNoInterfaces() {
    assertEquals(
        0,
        JdkProxy.interfaces(JdkProxyTest.class.getClassLoader(), new String[] {"com/acme/NotThere"})
            .length);
  }
}
