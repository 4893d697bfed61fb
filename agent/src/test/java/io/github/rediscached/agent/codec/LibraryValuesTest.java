package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Lists;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import scala.Tuple2;
import scala.collection.immutable.Nil$;
import scala.jdk.javaapi.CollectionConverters;

/** Values of Kotlin, Scala and Guava. */
class LibraryValuesTest {

  @TestFactory
  Stream<DynamicTest> kotlinValuesComeBack() {
    return equalAfterRoundTrip(
        new kotlin.Pair<>("a", 1),
        new kotlin.Triple<>(1, new kotlin.Pair<>(2, 3), "x"),
        new kotlin.ranges.IntRange(1, 5));
  }

  @Test
  void kotlinObjectsComeBackAsThemselves() throws Exception {
    assertSame(kotlin.Unit.INSTANCE, copy(kotlin.Unit.INSTANCE));
    Object emptyList = kotlin.collections.CollectionsKt.emptyList();
    assertSame(emptyList, copy(emptyList));
  }

  @Test
  void lazyKotlinValueIsWrittenOnlyIfItIsThere() throws Exception {
    kotlin.Lazy<String> lazy = kotlin.LazyKt.lazy(() -> "computed");
    assertThrows(UncacheableValueException.class, () -> copy(lazy));
    assertFalse(lazy.isInitialized());

    assertEquals("computed", lazy.getValue());
    assertEquals("computed", ((kotlin.Lazy<?>) copy(lazy)).getValue());
  }

  @TestFactory
  Stream<DynamicTest> scalaValuesComeBack() {
    scala.collection.immutable.List<Object> list = scalaList(1, "a", 2.5);
    return equalAfterRoundTrip(
        scala.Option.apply("a"),
        new Tuple2<>("a", 1),
        new scala.util.Right<>(1),
        list,
        scalaList(list, list),
        list.toVector(),
        scalaList(numbers(1000).toArray()).toVector(),
        list.toSet(),
        scalaList(numbers(100).toArray()).toSet(),
        scala.collection.immutable.HashSet$.MODULE$.from(list),
        scalaMap(2),
        scalaMap(4),
        scalaMap(100),
        list.toBuffer(),
        scala.math.BigDecimal$.MODULE$.apply("1.50"),
        scala.math.BigInt$.MODULE$.apply("123456789012345678901234567890"));
  }

  @Test
  void scalaObjectsComeBackAsThemselves() throws Exception {
    assertSame(scala.None$.MODULE$, copy(scala.None$.MODULE$));
    assertSame(Nil$.MODULE$, copy(Nil$.MODULE$));
    Object emptyMap = scala.collection.immutable.Map$.MODULE$.empty();
    assertSame(emptyMap, copy(emptyMap));
  }

  @Test
  void longScalaListsAreNotDeep() throws Exception {
    Object list = scalaList(numbers(100_000).toArray());
    assertEquals(list, copy(list));
  }

  @Test
  void scalaTypesAreReadByAnotherJvm() throws Exception {
    byte[] bytes = Codecs.write(Codecs.formatOf(Object.class), scalaMap(3));
    Object back = Codecs.read(Codecs.formatOf(scala.collection.immutable.Map.class), bytes);
    assertEquals(scalaMap(3), back);
    byte[] option = Codecs.write(Codecs.formatOf(Object.class), scala.Option.apply("a"));
    assertEquals(scala.Option.apply("a"), Codecs.read(Codecs.formatOf(scala.Option.class), option));
  }

  @Test
  void lazyCollectionsAndIteratorsAreRefused() {
    Object lazyList = scala.collection.immutable.LazyList$.MODULE$.from(scalaList(1, 2));
    assertThrows(UncacheableValueException.class, () -> copy(lazyList));
    Object iterator = scalaList(1, 2).iterator();
    assertThrows(UncacheableValueException.class, () -> copy(iterator));
    Object sequence = kotlin.sequences.SequencesKt.sequenceOf(1, 2);
    assertThrows(UncacheableValueException.class, () -> copy(sequence));
  }

  @TestFactory
  Stream<DynamicTest> guavaValuesComeBack() {
    return equalAfterRoundTrip(
        ImmutableList.of(),
        ImmutableList.of(1),
        ImmutableList.of(1, 2, 3),
        ImmutableList.of(1, 2, 3).subList(1, 3),
        ImmutableSet.of(),
        ImmutableSet.of(1),
        ImmutableSet.of(1, 2, 3),
        ImmutableMap.of(),
        ImmutableMap.of("a", 1),
        ImmutableMap.of("a", 1, "b", 2),
        ImmutableBiMap.of("a", 1));
  }

  @Test
  void otherGuavaCollectionsComeBack() throws Exception {
    assertEquals(ImmutableSortedSet.of(1, 2), copy(ImmutableSortedSet.of(1, 2)));
    List<Integer> reversed = Lists.reverse(Lists.newArrayList(1, 2));
    assertEquals(reversed, copy(reversed));
  }

  private static Stream<DynamicTest> equalAfterRoundTrip(Object... values) {
    return Stream.of(values)
        .map(
            value ->
                DynamicTest.dynamicTest(
                    value.getClass().getName(),
                    () -> {
                      Object back = copy(value);
                      assertEquals(value, back);
                      assertEquals(value.hashCode(), back.hashCode());
                      assertTrue(
                          value.getClass() == back.getClass()
                              || value.getClass().getSimpleName().startsWith("SubList")
                              || value.getClass().getSimpleName().startsWith("JdkBacked"),
                          () -> value.getClass() + " became " + back.getClass());
                    }));
  }

  private static scala.collection.immutable.List<Object> scalaList(Object... elements) {
    return CollectionConverters.asScala(List.of(elements)).toList();
  }

  @SuppressWarnings("unchecked") // Java does not see that the empty map fits any type.
  private static Object scalaMap(int size) {
    scala.collection.immutable.Map<Object, Object> map =
        scala.collection.immutable.Map$.MODULE$.empty();
    for (int i = 0; i < size; i++) {
      map = map.updated("k" + i, i);
    }
    return map;
  }

  private static List<Integer> numbers(int count) {
    return java.util.stream.IntStream.range(0, count).boxed().toList();
  }

  private static Object copy(Object value) throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    return Objects.requireNonNull(Codecs.read(format, Codecs.write(format, value)));
  }
}
