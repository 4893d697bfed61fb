package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users read of rules that match nothing. */
class UnmatchedRulesTest {

  /** A rule and what is said of it; nothing if it matches. */
  private record Case(String rule, String said) {}

  private static final String PRODUCTS = "com.acme.rules.Products";
  private static final String LATE = "com.acme.rules.Latecomer.arrive(int)";
  private static final List<Case> CASES =
      List.of(
          new Case(PRODUCTS + ".find(long)", ""),
          new Case(
              LATE,
              "no class com.acme.rules.Latecomer is loaded so far. Check its name, unless it is loaded later."),
          new Case(
              "com.acme.rules.Prodcuts.find(long)",
              "no class com.acme.rules.Prodcuts is loaded so far. Did you mean com.acme.rules.Products?"),
          new Case(
              "com.acme.catalogue.Products.find(long)",
              "no class com.acme.catalogue.Products is loaded so far. Did you mean com.acme.rules.Products?"),
          new Case(
              "com.acme.rules.Products.Page.title()",
              "no class com.acme.rules.Products.Page is loaded so far. Did you mean com.acme.rules.Products$Page?"),
          new Case(
              "com.acme.ruels.Prod*.find(long)",
              "no class com.acme.ruels.Prod* is loaded so far. Did you mean com.acme.rules.Prod*?"),
          new Case(
              "java.util.HashMap.get(..)",
              "java.util.HashMap belongs to the JDK, whose methods are never cached. Remove the rule."),
          new Case(
              PRODUCTS + ".fnid(long)",
              PRODUCTS + " has no such method. Did you mean find(java.lang.String), find(long)?"),
          new Case(
              PRODUCTS + ".find(int)",
              PRODUCTS + " has no such method. Did you mean find(java.lang.String), find(long)?"),
          new Case(
              PRODUCTS + ".delete(..)",
              PRODUCTS
                  + " has no such method. There are describe(int), find(java.lang.String), find(long)."),
          new Case(
              PRODUCTS + ".place(..)",
              PRODUCTS
                  + " inherits place(int) from com.acme.rules.Shelf. Name that class in the rule."),
          new Case(
              "com.acme.rules.Pro*.find(long)",
              PRODUCTS + ".find(long) is matched by the rule of FILE:3. Move one before it."));

  @TempDir Path directory;

  @Test
  void eachRuleThatHasMatchedNothingIsReportedOnceWithTheNearestNames() throws IOException {
    StringBuilder yaml = new StringBuilder("# Rules.\ncaches:\n");
    for (Case rule : CASES) {
      yaml.append("- method: ").append(rule.rule()).append('\n');
    }
    Path file = Files.writeString(directory.resolve("rediscached.yaml"), yaml);
    try (RunningJvm jvm = Jvm.of(Rules.class).withoutAgent().directory(directory).start()) {
      // Attached, so that the classes are there however slow the machine is.
      jvm.ask("find 1");
      jvm.attachAgent(
          "redis.timeout=5s,redis.connect-timeout=20s,report-unmatched-after=1ms,redis.uri="
              + TestRedis.shared().uri()
              + ",namespace="
              + TestRedis.newNamespace());
      List<String> expected = new ArrayList<>();
      List<String> rejected = new ArrayList<>();
      for (int i = 0; i < CASES.size(); i++) {
        Case rule = CASES.get(i);
        String said = rule.said().replace("FILE", file.toString());
        if (!said.isEmpty()) {
          expected.add(
              "WARN "
                  + file
                  + ":"
                  + (3 + i)
                  + ": the rule for "
                  + rule.rule()
                  + " has matched no method: "
                  + said);
          rejected.add(rule.rule() + ": " + said);
        }
      }
      eventually("the report", () -> jvm.soFar().log().size() >= expected.size());
      assertEquals(expected, jvm.soFar().log());

      try (Beans beans = Beans.of(jvm)) {
        assertEquals(
            rejected.stream().sorted().toList(), beans.texts(Beans.AGENT, "RejectedMethods"));

        // The class comes after all, and the rule counts.
        assertEquals("arrived-1 #1", jvm.ask("arrive 1"));
        assertEquals("arrived-1 #1", jvm.ask("arrive 1"));
        assertTrue(beans.texts(Beans.AGENT, "InstrumentedMethods").contains(LATE));
        assertFalse(
            beans.texts(Beans.AGENT, "RejectedMethods").stream()
                .anyMatch(line -> line.startsWith(LATE)));
      }
      jvm.awaitErr(
          "[rediscached] " + file + ":4: the rule for " + LATE + " has matched a method now.");
      assertEquals(expected.size() + 1, jvm.soFar().log().size());
    }
  }
}
