package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.modules.Orders;
import org.junit.jupiter.api.Test;

/** JVMs that lack modules of the JDK, as those made with jlink do. */
class FewModulesTest {

  @Test
  void everythingButTheBeansWorksWithNothingButJavaBase() {
    Outcome outcome = orders("java.base");

    assertEquals("4", outcome.value("runs"), outcome.toString());
    assertEquals("2", outcome.value("modules"), "java.base and java.instrument");
    assertSaysNothingButThatThereIsNoJmx(outcome);
  }

  @Test
  void aModuleThatIsThereIsUsedWithoutThoseThatAreNot() {
    for (String modules : new String[] {"java.management", "java.naming,jdk.unsupported"}) {
      Outcome outcome = orders(modules);

      assertEquals("4", outcome.value("runs"), outcome.toString());
      assertSaysNothingButThatThereIsNoJmx(outcome);
    }
  }

  private static void assertSaysNothingButThatThereIsNoJmx(Outcome outcome) {
    assertTrue(
        outcome.err().stream()
            .allMatch(
                line ->
                    line.startsWith("[rediscached] ")
                        && line.contains("without the module java.management")),
        outcome.toString());
  }

  private static Outcome orders(String modules) {
    return Jvm.of(Orders.class, TestRedis.shared())
        .option("--limit-modules=" + modules)
        .run()
        .succeeded();
  }
}
