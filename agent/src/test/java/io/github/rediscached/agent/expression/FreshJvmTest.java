package io.github.rediscached.agent.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.testing.CompiledClasses;
import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What evaluating expressions does to a JVM, seen from outside. */
class FreshJvmTest {

  @Test
  void theLoggingOfTheApplicationIsNotTouched() throws Exception {
    List<String> classes = classesLoadedBy("all");

    assertTrue(classes.contains("org.springframework.expression.spel.standard.SpelExpression"));
    assertTrue(classes.contains("org.apache.commons.logging.SilentLog"));
    assertEquals(
        List.of(), classes.stream().filter(name -> name.startsWith("java.util.logging.")).toList());
  }

  @Test
  void aSingleVariableNeedsNoSpel() throws Exception {
    List<String> classes = classesLoadedBy("variable");

    assertTrue(classes.contains(Expression.class.getName()));
    assertEquals(
        List.of(),
        classes.stream().filter(name -> name.startsWith("org.springframework.")).toList());
  }

  @Test
  void classesThatWereUsedInExpressionsCanBeUnloaded() throws Exception {
    // Spring keeps soft references to what it has seen, which this flag clears at once.
    List<String> lines = run("unload", "-XX:SoftRefLRUPolicyMSPerMB=0");

    assertEquals(List.of("unloaded"), lines);
  }

  private static List<String> classesLoadedBy(String argument) throws Exception {
    List<String> classes = new ArrayList<>();
    for (String line : run(argument, "-Xlog:class+load=info:stdout:none")) {
      int space = line.indexOf(' ');
      classes.add(space < 0 ? line : line.substring(0, space));
    }
    assertTrue(classes.contains("java.lang.Object"));
    assertTrue(classes.contains("done"));
    return classes;
  }

  private static List<String> run(String argument, String flag) throws Exception {
    Process child =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                flag,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                argument)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new String(child.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertTrue(child.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, child.exitValue());
    return lines;
  }

  /** The program in the other JVM. */
  static final class Child {

    private static final long DEADLINE_NANOS = 30_000_000_000L;
    private static final List<@Nullable String> NAMES = Arrays.asList("id", "object");

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      switch (arguments[0]) {
        case "variable" -> {
          TestExpression.parse("key", "#id", NAMES, false).evaluate(call("text"));
          Template.parse("tags", "id:#{#id}", NAMES, false, type -> {}).evaluate(call("text"));
          System.out.println("done");
        }
        case "all" -> {
          evaluateAll(expressions(), call("text"));
          Class.forName("org.springframework.expression.spel.standard.SpelCompiler");
          System.out.println("done");
        }
        default -> System.out.println(unload());
      }
    }

    private static List<Expression> expressions() throws ExpressionException {
      List<Expression> expressions = new ArrayList<>();
      for (String text :
          List.of(
              "#object.toString() + #id",
              "#object.hashCode() == '1'",
              "T(java.lang.Long).valueOf('1')",
              "T(java.util.List).of(#object).size()",
              "{#object, #id}.![#this]",
              "#root.method.name + #root.targetClass")) {
        expressions.add(TestExpression.parse("key", text, NAMES, false));
      }
      return expressions;
    }

    private static void evaluateAll(List<Expression> expressions, ExpressionCall call)
        throws ExpressionException {
      for (Expression each : expressions) {
        each.evaluate(call);
      }
    }

    private static ExpressionCall call(Object object) throws NoSuchMethodException {
      Method method = Object.class.getMethod("toString");
      return new ExpressionCall(
          method,
          object,
          new Object[] {1L, object},
          null,
          object.getClass().getClassLoader() == null
              ? Child.class.getClassLoader()
              : object.getClass().getClassLoader());
    }

    /** The expressions outlive the application whose objects they were used for. */
    private static String unload() throws Exception {
      List<Expression> expressions = new ArrayList<>(expressions());
      for (String text :
          List.of(
              "#object.number + #object.twice('2')",
              "#object.self(#object).other.number",
              "T(app.Color).RED.name()",
              "new app.Counter().number",
              "#object.takes('RED')")) {
        expressions.add(TestExpression.parse("key", text, NAMES, false));
      }
      WeakReference<ClassLoader> loader = use(expressions);
      long start = System.nanoTime();
      while (loader.get() != null && System.nanoTime() - start < DEADLINE_NANOS) {
        System.gc();
      }
      evaluateAll(expressions.subList(0, 4), call("text"));
      return loader.get() == null ? "unloaded" : "still reachable";
    }

    private static WeakReference<ClassLoader> use(List<Expression> expressions) throws Exception {
      CompiledClasses classes =
          CompiledClasses.of(
              "app.Counter",
              """
              package app;
              public class Counter {
                public int number = 3;
                public int twice(int x) { return 2 * x; }
                public <T extends Counter> T self(T self) { return self; }
                public Counter getOther() { return this; }
                public String takes(Color color) { return color.name(); }
              }
              """,
              "app.Color",
              "package app; public enum Color { RED }");
      for (int i = 0; i < 10; i++) {
        evaluateAll(expressions, call(classes.create("app.Counter")));
      }
      return new WeakReference<>(classes);
    }
  }
}
