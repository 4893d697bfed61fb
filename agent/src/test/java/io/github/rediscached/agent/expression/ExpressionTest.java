package io.github.rediscached.agent.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.testing.CompiledClasses;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTest {

  private static final List<@Nullable String> NAMES = Arrays.asList("id", "product", "tags");

  /** Not public, with public members: what most applications have. */
  static class Product {
    public final String code = "c1";
    private final long id;

    Product(long id) {
      this.id = id;
    }

    public long getId() {
      return id;
    }

    public boolean isActive() {
      return true;
    }

    public String label(String prefix, int number) {
      return prefix + number + id;
    }

    public String getFailing() {
      throw new IllegalStateException("secret");
    }

    public String getBroken() {
      throw new AssertionError("secret");
    }

    public @Nullable String getNothing() {
      return null;
    }
  }

  record Owner(String name, Product first) {}

  static String find(long id, Product product, List<String> tags) {
    return id + product.code + tags;
  }

  private static ExpressionCall call(@Nullable Object result, @Nullable Object... arguments) {
    try {
      Method method =
          ExpressionTest.class.getDeclaredMethod("find", long.class, Product.class, List.class);
      return new ExpressionCall(
          method, "target", arguments, result, ExpressionTest.class.getClassLoader());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ExpressionCall call() {
    return call(new Owner("me", new Product(8)), 42L, new Product(7), List.of("a", "bb"));
  }

  private static @Nullable Object evaluate(String text) throws ExpressionException {
    return TestExpression.parse("unless", text, NAMES, true).evaluate(call());
  }

  static Stream<Arguments> expressions() {
    return Stream.of(
        Arguments.of("#id", 42L),
        Arguments.of("#p0", 42L),
        Arguments.of("#a0", 42L),
        Arguments.of("#p2", List.of("a", "bb")),
        Arguments.of(" #id ", 42L),
        Arguments.of("#id + 1", 43L),
        Arguments.of("#id > 40 and #product.active", true),
        Arguments.of("#product.id", 7L),
        Arguments.of("#product.getId()", 7L),
        Arguments.of("#product.code", "c1"),
        Arguments.of("#product?.nothing?.length()", null),
        Arguments.of("#product.label('x', 3)", "x37"),
        Arguments.of("#product.label('x', '3')", "x37"),
        Arguments.of("#id + ':' + #product.code", "42:c1"),
        Arguments.of("{#id, #product.id}", List.of(42L, 7L)),
        Arguments.of("{key: #id}", Map.of("key", 42L)),
        Arguments.of("#tags[1]", "bb"),
        Arguments.of("#tags.size()", 2),
        Arguments.of("#tags.contains('a')", true),
        Arguments.of("#tags.?[length() > 1]", List.of("bb")),
        Arguments.of("#tags.?[#this.length() > 1]", List.of("bb")),
        Arguments.of("#tags.![toUpperCase()]", List.of("A", "BB")),
        Arguments.of("#tags.empty ? 'none' : #tags[0]", "a"),
        Arguments.of("#product.nothing ?: 'none'", "none"),
        Arguments.of("#root.args[0]", 42L),
        Arguments.of("args[0]", 42L),
        Arguments.of("#root.methodName", "find"),
        Arguments.of("methodName + '/' + #id", "find/42"),
        Arguments.of("#root.method.name", "find"),
        Arguments.of("#root.target", "target"),
        Arguments.of("#root.target.length()", 6),
        Arguments.of("#root.targetClass.simpleName", "String"),
        Arguments.of("#result.name", "me"),
        Arguments.of("#result.name()", "me"),
        Arguments.of("#result.first.id", 8L),
        Arguments.of("T(java.time.LocalDate).of(2024, 2, 29).toString()", "2024-02-29"),
        Arguments.of("T(String).valueOf(#id)", "42"),
        Arguments.of("T(java.util.Objects).hash(#id, #product.id)", 31 * (31 + 42) + 7),
        Arguments.of("new java.math.BigDecimal('1.50').scale()", 2),
        Arguments.of("'constant'", "constant"),
        Arguments.of("null", null),
        Arguments.of("#product.code matches 'c[0-9]'", true),
        Arguments.of("#product instanceof T(String)", false));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void expressionsMeanWhatTheyMeanInSpring(String text, @Nullable Object expected)
      throws ExpressionException {
    assertEquals(expected, evaluate(text));
  }

  static Stream<Arguments> rejected() {
    return Stream.of(
        Arguments.of("", "it is empty. Write SpEL, such as #p0."),
        Arguments.of(
            "#id +",
            "it is no expression: EL1042E: Problem parsing right operand. Write SpEL, such as"
                + " #p0."),
        Arguments.of(
            "#id)",
            "it is no expression: EL1041E: After parsing a valid expression, there is still more"
                + " data in the expression: 'rparen())'. Write SpEL, such as #p0."),
        Arguments.of(
            "product:#{#id}",
            "it is no expression: EL1041E: After parsing a valid expression, there is still more"
                + " data in the expression: 'colon(:)'. Write SpEL, such as #p0."),
        Arguments.of("#ide", "#ide is not known. Did you mean #id?"),
        Arguments.of("#ide + 1", "#ide is not known. Did you mean #id?"),
        Arguments.of("#prodcut.id", "#prodcut is not known. Did you mean #product?"),
        Arguments.of(
            "#tags.?[#this == #somethingElse]",
            "#somethingElse is not known. Known are #id, #product, #tags, #p0, #p1, #p2, #root."),
        Arguments.of("#p3", "#p3 is not known. Did you mean #p0?"),
        Arguments.of(
            "#result",
            "#result is known only when the method has returned. Use it in `unless` or `tags`, or"
                + " in an eviction without `before-invocation` and `on-exception`."),
        Arguments.of(
            "#result.id",
            "#result is known only when the method has returned. Use it in `unless` or `tags`, or"
                + " in an eviction without `before-invocation` and `on-exception`."),
        Arguments.of("id", "id is not known. Did you mean #id?"),
        Arguments.of("product.id", "product is not known. Did you mean #product?"),
        Arguments.of(
            "something",
            "something is not known. Known are #id, #product, #tags, #p0, #p1, #p2, #root, args,"
                + " method, methodName, target, targetClass."),
        Arguments.of(
            "find(#id)",
            "there is no method find() without an object before it. Use arguments, #root, or static"
                + " methods: T(type).method()."),
        Arguments.of("#product.label(product, 1)", "product is not known. Did you mean #product?"),
        Arguments.of(
            "#root.methodname", "#root.methodname is not known. Did you mean #root.methodName?"),
        Arguments.of(
            "#root.caches",
            "#root.caches is not known. Known are #root.args, #root.method, #root.methodName,"
                + " #root.target, #root.targetClass."),
        Arguments.of(
            "#root.loader()",
            "#root.loader() is not known. Known are #root.args, #root.method, #root.methodName,"
                + " #root.target, #root.targetClass."),
        Arguments.of(
            "@tenants.current()",
            "beans such as @tenants are not known here. Use arguments, #root, or static methods:"
                + " T(type).method()."),
        Arguments.of(
            "#id + @x",
            "beans such as @x are not known here. Use arguments, #root, or static methods:"
                + " T(type).method()."),
        Arguments.of(
            "#hash(#id)",
            "there is no function #hash(). Use arguments, #root, or static methods:"
                + " T(type).method()."),
        Arguments.of("#id = 3", "it changes #id. Only read in an expression."),
        Arguments.of("#product.id++", "it changes #product.id. Only read in an expression."));
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void whatCannotBeResolvedIsRejectedBeforeAnyCall(String text, String problem) {
    ExpressionException e =
        assertThrows(
            ExpressionException.class, () -> TestExpression.parse("key", text, NAMES, false));

    assertEquals("`key` is \"" + text + "\": " + problem, e.getMessage());
  }

  @Test
  void withoutParameterNamesOnlyPositionsAreKnown() throws ExpressionException {
    List<@Nullable String> none = Collections.nCopies(3, null);

    assertEquals(42L, TestExpression.parse("key", "#p0", none, false).evaluate(call()));
    assertEquals(7L, TestExpression.parse("key", "#a1.id", none, false).evaluate(call()));
    for (String text : List.of("#id", "#id + 1")) {
      ExpressionException e =
          assertThrows(
              ExpressionException.class, () -> TestExpression.parse("key", text, none, false));
      assertEquals(
          "`key` is \""
              + text
              + "\": #id can't be resolved, since the class file has no parameter names. Compile"
              + " with -parameters or -g, or write #p0.",
          e.getMessage());
    }
  }

  @Test
  void aParameterMayHaveTheNameOfAnotherVariable() throws ExpressionException {
    List<@Nullable String> names = Arrays.asList("p1", "result", "x");

    assertEquals(42L, TestExpression.parse("key", "#p1", names, false).evaluate(call()));
    assertEquals("c1", TestExpression.parse("key", "#result.code", names, false).evaluate(call()));
    assertEquals(
        "me", TestExpression.parse("unless", "#result.name", names, true).evaluate(call()));
  }

  @Test
  void itIsKnownWhetherTheResultIsUsed() throws ExpressionException {
    List<@Nullable String> names = Arrays.asList("result", "id");

    for (String text : List.of("#result", "#p0 == #result.id", "{1, {2, #result}}")) {
      assertTrue(TestExpression.parse("unless", text, NAMES, true).usesResult(), text);
    }
    for (String text : List.of("#id", "#id + 1", "'#result'")) {
      assertFalse(TestExpression.parse("unless", text, NAMES, true).usesResult(), text);
    }
    assertFalse(TestExpression.parse("key", "#result", names, false).usesResult());
    assertFalse(TestExpression.parse("key", "#result.id", names, false).usesResult());
  }

  @Test
  void anOptionalResultIsWhatIsInIt() throws ExpressionException {
    for (String text : List.of("#result", "#result?.length()")) {
      Expression expression = TestExpression.parse("unless", text, NAMES, true);
      assertNull(expression.evaluate(call(Optional.empty())));
      assertNull(expression.evaluate(call(null)));
    }
    assertEquals(
        "x",
        TestExpression.parse("unless", "#result", NAMES, true).evaluate(call(Optional.of("x"))));
    assertEquals(
        true,
        TestExpression.parse("unless", "#result == 'x'", NAMES, true).test(call(Optional.of("x"))));
  }

  static Stream<Arguments> failing() {
    return Stream.of(
        Arguments.of(
            "#product.nmae",
            "EL1008E: Property or field 'nmae' cannot be found on object of type"
                + " 'io.github.rediscached.agent.expression.ExpressionTest$Product' - maybe not"
                + " public or not valid?"),
        Arguments.of(
            "#product.nothing.length",
            "EL1007E: Property or field 'length' cannot be found on null."),
        Arguments.of("#product.failing", "java.lang.IllegalStateException."),
        Arguments.of("#product.getFailing()", "java.lang.IllegalStateException."),
        Arguments.of("#product.broken", "java.lang.AssertionError."),
        Arguments.of("#tags[7]", "collection index out of bounds."),
        Arguments.of(
            "T(com.acme.Missing).x()", "EL1005E: Type cannot be found 'com.acme.Missing'."),
        Arguments.of(
            "#product.label()",
            "EL1004E: Method call: Method label() cannot be found on type"
                + " io.github.rediscached.agent.expression.ExpressionTest$Product."),
        Arguments.of(
            "#product - 1",
            "EL1030E: The operator 'SUBTRACT' is not supported between objects of type"
                + " 'io.github.rediscached.agent.expression.ExpressionTest$Product' and"
                + " 'java.lang.Integer'."));
  }

  @ParameterizedTest
  @MethodSource("failing")
  void aFailureNamesTypesAndNeverValues(String text, String failure) throws ExpressionException {
    Expression expression = TestExpression.parse("key", text, NAMES, false);

    ExpressionException e =
        assertThrows(ExpressionException.class, () -> expression.evaluate(call()));

    assertEquals("`key` is \"" + text + "\" and failed: " + failure, e.getMessage());
    assertEquals(0, e.getStackTrace().length);
  }

  @Test
  void aConditionIsTrueOrFalse() throws ExpressionException {
    assertTrue(TestExpression.parse("condition", "#id > 3", NAMES, false).test(call()));
    assertFalse(TestExpression.parse("condition", "#id < 3", NAMES, false).test(call()));
    Expression number = TestExpression.parse("condition", "#id", NAMES, false);
    assertEquals(
        "`condition` is \"#id\": it gave a java.lang.Long, neither true nor false. Write a"
            + " comparison, such as #p0 > 0.",
        assertThrows(ExpressionException.class, () -> number.test(call())).getMessage());
    Expression nothing = TestExpression.parse("condition", "#product.nothing", NAMES, false);
    assertEquals(
        "`condition` is \"#product.nothing\": it gave null, neither true nor false. Write a"
            + " comparison, such as #p0 > 0.",
        assertThrows(ExpressionException.class, () -> nothing.test(call())).getMessage());
  }

  @Test
  void typesAreFoundWithTheClassLoaderOfTheMethod() throws ExpressionException {
    CompiledClasses one =
        CompiledClasses.of(
            "app.Version",
            "package app; class Version { public static int number() { return 1; } }");
    CompiledClasses two =
        CompiledClasses.of(
            "app.Version",
            "package app; class Version { public static int number() { return 2; } }");
    Expression expression = TestExpression.parse("key", "T(app.Version).number()", NAMES, false);
    ExpressionCall call = call();

    for (int i = 0; i < 2; i++) {
      assertEquals(
          1,
          expression.evaluate(
              new ExpressionCall(call.method(), null, call.arguments(), null, one)));
      assertEquals(
          2,
          expression.evaluate(
              new ExpressionCall(call.method(), null, call.arguments(), null, two)));
    }
  }

  @Test
  void oneExpressionServesObjectsOfManyClasses() throws ExpressionException {
    Expression expression = TestExpression.parse("key", "#p0.number + #p0.twice()", NAMES, false);
    for (int i = 1; i < 4; i++) {
      Object object =
          CompiledClasses.of(
                  "app.Counter",
                  "package app; class Counter { public int getNumber() { return "
                      + i
                      + "; }"
                      + " public int twice() { return 2 * "
                      + i
                      + "; } }")
              .create("app.Counter");
      assertEquals(3 * i, expression.evaluate(call(null, object)));
      assertEquals(3 * i, expression.evaluate(call(null, object)));
    }
  }

  @Test
  void classesOfTheApplicationAreOpenedBeforeTheyAreUsed() throws ExpressionException {
    List<String> opened = Collections.synchronizedList(new ArrayList<>());
    Expression expression =
        Expression.parse(
            "key",
            "#product.id + #tags.size() + T(java.lang.Math).abs(1)",
            NAMES,
            false,
            type -> opened.add(type.getSimpleName()));

    assertEquals(10L, expression.evaluate(call()));
    assertEquals(10L, expression.evaluate(call()));

    assertEquals(List.of("Product"), opened);
  }

  @Test
  void anExpressionIsEvaluatedInManyThreadsAtOnce() throws Exception {
    Expression expression =
        TestExpression.parse("key", "#product.label('x', '3') + #id", NAMES, false);
    List<Object> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long id = i;
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 2000; j++) {
                  try {
                    Object value = expression.evaluate(call(null, id, new Product(id), List.of()));
                    if (!("x3" + id + id).equals(value)) {
                      failures.add(String.valueOf(value));
                    }
                  } catch (ExpressionException e) {
                    failures.add(e);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
  }

  @Test
  void theTextOfACallHoldsNoArgument() {
    assertFalse(call("secret", "secret").toString().contains("secret"));
    assertEquals(
        "1c1[]", find(1, new Product(1), List.of()), "the method that the calls are made of");
  }
}
