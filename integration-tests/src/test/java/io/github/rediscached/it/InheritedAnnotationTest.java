package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.inheritance.Inheritance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of a supertype's method counts for those that implement or override it. */
class InheritedAnnotationTest {

  private final TestRedis redis = TestRedis.shared();

  @Test
  void annotationsAndRulesOnSupertypesCountWhateverIsLoadedFirst() {
    Outcome outcome =
        Jvm.of(Inheritance.class, redis)
            .yaml(
                """
                caches:
                  - method: com.acme.inheritance.Inheritance$Ruled+.find(..)
                  - method: com.acme.inheritance.Inheritance$RuledBase+.*(int)
                  - method: java.util.function.Supplier+.get()
                  - method: com.acme..*$Wild*.f*(..)
                  - method: com.acme.inheritance.Inheritance$PlainBase.find(..)
                """)
            .run()
            .succeeded();

    assertEquals(
        List.of(
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
            "no plus, no subtype=uncached"),
        outcome.out());
    assertEquals(List.of(), outcome.err());
  }
}
