package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.firststeps.Greetings;
import com.acme.hello.Hello;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The classes that are loaded before {@code main}, and at the connection to Redis. */
class StartUpTest {

  private static final String RULES =
      """
      caches:
        - method: com.acme.absent.Products.find*(long)
          ttl: 5m
        - method: com.acme.absent..*Service.find*(..)
      """;

  @Test
  void noLibraryIsLoadedWhereNothingMatches() {
    List<String> classes = loadedClasses(Jvm.of(Hello.class));

    assertEquals(List.of(), startingWith(classes, "io.github.rediscached.shaded."));
    assertEquals(List.of(), startingWith(classes, "java.lang.RediscachedBridge"));
    // Each costs some 0.2 ms of CPU. Think twice before you raise this.
    List<String> ours = startingWith(classes, "io.github.rediscached.agent.");
    assertTrue(ours.size() <= 25, () -> ours.size() + " classes: " + ours);
  }

  @Test
  void noLibraryButTheOneForYamlIsLoadedWhereNoRuleMatches() {
    List<String> classes = loadedClasses(Jvm.of(Hello.class).yaml(RULES));

    assertEquals(
        List.of("snakeyaml"),
        List.copyOf(
            new TreeSet<>(
                startingWith(classes, "io.github.rediscached.shaded.").stream()
                    .map(name -> name.split("\\.", -1)[4])
                    .toList())));
  }

  @Test
  void theAgentsStartTakesNothingFromTheApplicationThatItMayStillChoose() {
    for (Jvm jvm : List.of(Jvm.of(Hello.class), Jvm.of(Hello.class).yaml(RULES))) {
      List<String> classes = loadedClasses(jvm);
      for (String prefix :
          List.of(
              "java.util.logging.",
              "java.lang.management.",
              "javax.management.",
              "java.lang.System$Logger",
              "java.net.Socket",
              "java.net.Inet")) {
        assertEquals(List.of(), startingWith(classes, prefix));
      }
    }
  }

  @Test
  void theAgentsStartGeneratesNoClasses() {
    List<String> lambdas = new ArrayList<>();
    for (String name : loadedClasses(Jvm.of(Hello.class))) {
      if (name.startsWith("io.github.rediscached.") && name.contains("Lambda")) {
        lambdas.add(name);
      }
    }
    assertEquals(List.of(), lambdas);
  }

  @Test
  void aConnectionLeavesLoggingToTheApplication() {
    Jvm jvm =
        Jvm.of(Greetings.class, TestRedis.shared()).setting("namespace", TestRedis.newNamespace());

    List<String> classes = loadedClasses(logging(jvm).run().succeeded());

    assertTrue(classes.contains("io.github.rediscached.shaded.lettuce.core.RedisClient"));
    List<String> logging = new ArrayList<>(startingWith(classes, "java.util.logging."));
    // The JDK's own JMX loads this class when beans are registered. Without its nested classes it
    // is not initialised, so it has chosen nothing.
    logging.remove("java.util.logging.LogManager");
    assertEquals(List.of(), logging);
  }

  private static List<String> loadedClasses(Jvm jvm) {
    Outcome outcome = logging(jvm).run().succeeded();
    assertEquals("hello", outcome.value("said"));
    assertEquals(List.of(), outcome.log());
    List<String> classes = loadedClasses(outcome);
    assertTrue(classes.contains("com.acme.hello.Hello"), "the log of the JVM was not understood");
    return classes;
  }

  private static Jvm logging(Jvm jvm) {
    return jvm.option("-Xlog:class+load:stdout:tags");
  }

  private static List<String> loadedClasses(Outcome outcome) {
    List<String> classes = new ArrayList<>();
    for (String line : outcome.out()) {
      if (line.startsWith("[class,load] ")) {
        classes.add(line.split(" ", -1)[1]);
      }
    }
    return classes;
  }

  private static List<String> startingWith(List<String> names, String prefix) {
    List<String> found = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith(prefix)) {
        found.add(name);
      }
    }
    return found;
  }
}
