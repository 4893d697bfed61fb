package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.inheritance.Inheritance;
import com.acme.inheritance.LateWrites;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of a supertype's method counts for those that implement or override it. */
class InheritedAnnotationTest {

  private final TestRedis redis = TestRedis.shared();

  /** The class is changed milliseconds after its first use, which nothing evicted for. */
  @Test
  void whatAnImplementorChangesBeforeItEvictsIsSeenAllTheSame() {
    String namespace = TestRedis.newNamespace();
    try (RunningJvm jvm =
        Jvm.of(LateWrites.class, redis)
            .setting("namespace", namespace)
            .setting("defaults.ttl", "1h")
            .start()) {
      eventually(
          "connected", () -> jvm.ask("read 0").equals("none") && isStored(namespace + ":names:0"));
      int id = 0;
      for (String way : List.of("byKey", "byTag", "put")) {
        String read = "read " + ++id;
        assertEquals("none", jvm.ask(read));
        assertEquals("none", jvm.ask(read));

        jvm.ask(way + " new");

        eventually(way, () -> jvm.ask(read).equals("new"));
      }
    }
  }

  private boolean isStored(String key) {
    return redis.commands().exists(key) == 1;
  }

  @Test
  void annotationsAndRulesOnSupertypesCountWhateverIsLoadedFirst() {
    Jvm jvm =
        Jvm.of(Inheritance.class, redis)
            .yaml(
                """
                caches:
                  - method: com.acme.inheritance.Inheritance$Ruled+.find(..)
                  - method: com.acme.inheritance.Inheritance$RuledBase+.*(int)
                  - method: java.util.function.Supplier+.get()
                  - method: com.acme..*$Wild*.f*(..)
                  - method: com.acme.inheritance.Inheritance$PlainBase.find(..)
                  - method: com.acme.inheritance.Inheritance$Mon*.*(..)
                  - method: com.acme.inheritance.Inheritance$Named.toString()
                """);
    Outcome outcome;
    try (RunningJvm running = jvm.start()) {
      running.awaitErr("[rediscached] WARN com.acme.inheritance.Inheritance$ByForeignCode");
      outcome = running.awaitEnd().succeeded();
    }

    assertEquals(
        List.of(
            "code of a foreign superclass=uncached",
            "foreign code made visible=cached",
            "interface=cached",
            "superclass=cached",
            "intermediates=cached",
            "later implementor=cached",
            "generic=cached",
            "generic through its interface=cached",
            "inherited implementation=cached",
            "own annotation=cached",
            "two interfaces, first=cached",
            "two interfaces, second=cached",
            "lambda=uncached",
            "overload=uncached",
            "rule for implementors=cached",
            "rule through intermediate=cached",
            "rule for the type=cached",
            "rule for another method=uncached",
            "rule for a type of the JDK=cached",
            "rule with wildcards=cached",
            "rule without plus=cached",
            "no plus, no subtype=uncached",
            // A wildcard does not mean what every object has, which would make all of them one.
            "objects=money 1 money 2 false",
            "named=named 1 named 1 "),
        outcome.out());
    assertEquals(
        List.of(
            "WARN com.acme.inheritance.Inheritance$ByForeignCode.price(int) is not cached: it has its"
                + " code from a superclass for which nobody asked. Override it here, with a call of"
                + " super, or annotate it there."),
        outcome.log());
  }
}
