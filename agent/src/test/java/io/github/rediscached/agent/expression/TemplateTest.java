package io.github.rediscached.agent.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.key.KeyPlan;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of {@code tags} and {@code key-pattern}. */
class TemplateTest {

  private static final List<@Nullable String> NAMES = Arrays.asList("id", "order", "tags");

  record Order(long id, @Nullable String owner, List<Integer> lines) {}

  private static ExpressionCall call(@Nullable Object result, @Nullable Object... arguments) {
    try {
      Method method = Object.class.getMethod("equals", Object.class);
      return new ExpressionCall(
          method, null, arguments, result, TemplateTest.class.getClassLoader());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> texts(String template) throws ExpressionException {
    return parse(template, NAMES)
        .evaluate(
            call(
                new Order(8, null, List.of()),
                42,
                new Order(7, "me", List.of(1, 2)),
                Arrays.asList("a", null, "b c")));
  }

  private static Template parse(String text, List<@Nullable String> names)
      throws ExpressionException {
    return Template.parse("tags", text, names, true, type -> {});
  }

  static Stream<Arguments> templates() {
    return Stream.of(
        Arguments.of("products", List.of("products")),
        Arguments.of("issue #7", List.of("issue #7")),
        Arguments.of("product:#{#id}", List.of("product:42")),
        Arguments.of("#{#id}", List.of("42")),
        Arguments.of("#{#p0}:#{#order.owner}!", List.of("42:me!")),
        Arguments.of("order:#{#result.id}", List.of("order:8")),
        Arguments.of("#{ 'order:' + #order.id }", List.of("order:7")),
        Arguments.of("#{'it''s }' + #id}", List.of("it's }42")),
        Arguments.of("#{\"{\" + #id}", List.of("{42")),
        Arguments.of("#{{#id, {#order.id}[0]}}", List.of("42", "7")),
        // One text for each element.
        Arguments.of("#{#tags}", List.of("a", "b c")),
        Arguments.of("#{#order.lines.!['line:' + #this]}", List.of("line:1", "line:2")),
        Arguments.of("#{#result.lines}", List.of()),
        Arguments.of("#{new int[] {1, 2}}", List.of("1", "2")),
        // What has no value has no text.
        Arguments.of("owner:#{#result.owner}", List.of()),
        Arguments.of("#{#result.owner}", List.of()),
        Arguments.of("#{#id}:#{#result.owner}", List.of()));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void expressionsInBracesAreReplacedByTheirValues(String template, List<String> expected)
      throws ExpressionException {
    assertEquals(expected, texts(template));
  }

  @Test
  @SuppressWarnings("JavaUtilDate")
  void aValueHasTheTextThatItHasInAKey() throws Exception {
    KeyPlan keys = new KeyPlan("shop", "c", List.of(), new int[0], null, type -> {});
    Template tag = parse("#{#p0}", NAMES);
    Template pattern =
        Template.parseKeyPattern("key-pattern", "shop:c:#{#p0}", NAMES, false, type -> {});
    for (Object value :
        List.of(
            42,
            -42L,
            (short) 7,
            (byte) 7,
            Long.MIN_VALUE,
            true,
            'c',
            TimeUnit.DAYS,
            new UUID(1, 2),
            "plain",
            "Ünï * ? [a] \\ % , ~ \u20ac \ud83d\ude00",
            0.0,
            -0.0,
            1.0,
            0.1,
            -2.5,
            1.0E10,
            1.0 / 3,
            1.0E300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            2.0E-3,
            0.1f,
            16_777_216f,
            1f / 3,
            new BigDecimal("1.50"),
            BigInteger.TEN.pow(30),
            LocalDate.of(2024, 2, 29),
            ZoneId.of("Europe/Oslo"),
            new Date(0))) {
      String key = new String(keys.keyOf(value), StandardCharsets.UTF_8);
      assertEquals(List.of(key), pattern.evaluate(call(null, value)));
      String plain = tag.evaluate(call(null, value)).get(0);
      if (value instanceof Enum<?> constant) {
        assertEquals(constant.name(), plain, "in a tag without the class");
      } else {
        assertEquals(key, new String(keys.keyOf(plain), StandardCharsets.UTF_8));
      }
    }
    assertEquals(List.of("a b*"), tag.evaluate(call(null, "a b*")), "tags are not encoded");
    assertEquals(List.of("x"), tag.evaluate(call(null, Optional.of("x"))));
    assertEquals(List.of(), tag.evaluate(call(null, Optional.empty())));
  }

  @Test
  void aWildcardInAnArgumentIsNoneInAPattern() throws ExpressionException {
    Template pattern =
        Template.parseKeyPattern("key-pattern", "shop:users:#{#id}:*", NAMES, false, type -> {});

    assertEquals(List.of("shop:users:%2A%5Ba%5D:*"), pattern.evaluate(call(null, "*[a]")));
  }

  @Test
  void whatIsNoTextInKeysIsNoneInAPattern() throws ExpressionException {
    Template pattern =
        Template.parseKeyPattern("key-pattern", "shop:users:#{#id}", NAMES, false, type -> {});

    assertEquals(1, pattern.evaluate(call(null, "x".repeat(128))).size());
    for (String text : List.of("x".repeat(129), "\ud800")) {
      ExpressionException failure =
          assertThrows(ExpressionException.class, () -> pattern.evaluate(call(null, text)));
      assertTrue(String.valueOf(failure.getMessage()).contains("stands as a digest in keys"));
    }
  }

  static Stream<Arguments> rejected() {
    String remedy = " Write expressions as #{...}, such as product:#{#p0}.";
    return Stream.of(
        Arguments.of(" ", "it is empty. Write a text, such as product:#{#p0}."),
        Arguments.of(
            "a:#{#id", "it has a #{ without its }, or a quote that does not end." + remedy),
        Arguments.of(
            "a:#{'x}", "it has a #{ without its }, or a quote that does not end." + remedy),
        Arguments.of("a:{#id}", "it has a brace outside of #{ }." + remedy),
        Arguments.of("a:#{#id}}", "it has a brace outside of #{ }." + remedy),
        Arguments.of("a:#id", "#id stands outside of braces. Did you mean #{#id}?"),
        Arguments.of(
            "a:#{#id}:#order.id", "#order stands outside of braces. Did you mean #{#order}?"),
        Arguments.of("a:#{}", "it is empty. Write SpEL, such as #p0."),
        Arguments.of("a:#{#ide}", "#ide is not known. Did you mean #id?"),
        Arguments.of("a:#{id}", "id is not known. Did you mean #id?"),
        Arguments.of(
            "a:#{#result.id}",
            "#result is known only when the method has returned. Use it in `unless` or `tags`, or"
                + " in an eviction without `before-invocation` and `on-exception`."));
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void mistakesAreFoundBeforeAnyCall(String template, String problem) {
    ExpressionException e =
        assertThrows(
            ExpressionException.class,
            () -> Template.parse("tags", template, NAMES, false, type -> {}));

    assertEquals("`tags` is \"" + template + "\": " + problem, e.getMessage());
  }

  @Test
  void itIsKnownWhetherTheResultIsUsed() throws ExpressionException {
    assertTrue(parse("a:#{#id}:#{#result.id}", NAMES).usesResult());
    assertTrue(parse("#{#result}", NAMES).usesResult());
    assertFalse(parse("a:#{#id}", NAMES).usesResult());
    assertFalse(parse("a", NAMES).usesResult());
    assertFalse(
        Template.parse("tags", "#{#result}", List.of("result"), false, type -> {}).usesResult());
  }

  static Stream<Arguments> failing() {
    return Stream.of(
        Arguments.of(
            "#{#p0.x}",
            "secret",
            " and failed: EL1008E: Property or field 'x' cannot be"
                + " found on object of type 'java.lang.String' - maybe not public or not valid?"),
        Arguments.of(
            "#{#p0}",
            new Order(1, "secret", List.of()),
            ": it gave a io.github.rediscached.agent.expression.TemplateTest$Order, which is no"
                + " text. Write what identifies it, such as #{#p0.id}."),
        Arguments.of(
            "a:#{#p0}",
            new ArrayList<>(List.of("secret")),
            ": it gave a java.util.ArrayList, which is no text. Write one expression for all of the"
                + " text, such as #{#p0.!['product:' + #this]}."),
        Arguments.of(
            "#{#p0}",
            new AbstractList<String>() {
              @Override
              public String get(int index) {
                throw new IllegalStateException("secret");
              }

              @Override
              public int size() {
                return 1;
              }
            },
            " and failed: java.lang.IllegalStateException."));
  }

  @ParameterizedTest
  @MethodSource("failing")
  void aFailureNamesTypesAndNeverValues(String text, Object argument, String failure)
      throws ExpressionException {
    Template template = parse(text, Collections.nCopies(1, null));

    ExpressionException e =
        assertThrows(ExpressionException.class, () -> template.evaluate(call(null, argument)));

    assertEquals("`tags` is \"" + text + "\"" + failure, e.getMessage());
  }
}
