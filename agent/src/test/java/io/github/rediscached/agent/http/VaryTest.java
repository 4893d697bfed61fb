package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of vary and vary-parse of http-tests/cache-tests, and more. A bar separates lines. */
class VaryTest {

  private static List<String> lines(String text) {
    return Arrays.asList(text.split("\\|", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Foo; foo",
        "Foo, Bar; bar|foo",
        "Bar,Foo; bar|foo",
        "foo, BAR, Foo; bar|foo",
        "Foo|Bar; bar|foo",
        "' Foo ,\t,|Foo'; foo",
        "Foo, Bar|Baz, bar; bar|baz|foo",
        "Accept-Language; accept-language",
      })
  void theNamesAreSortedAndDistinct(String field, String names) {
    assertEquals(lines(names), Vary.names(lines(field)));
  }

  @Test
  void aFieldWithoutNamesHasNone() {
    assertEquals(List.of(), Vary.names(List.of()));
    assertEquals(List.of(), Vary.names(List.of("", " , ")));
    assertFalse(Vary.isAny(List.of()));
    assertFalse(Vary.isAny(List.of("", " , ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*; true",
        "'*, *'; true",
        "*|*; true",
        "', *'; true",
        "|*; true",
        "'*, Foo'; true",
        "'Foo, *'; true",
        "Foo|Bar,*; true",
        "Foo; false",
        "'Foo, Bar'; false",
        "X-*; false",
        // Nobody knows what these mean.
        "Foo Bar; true",
        "Accept: Cookie; true",
        "\"Cookie\"; true",
        "Foo=1; true",
      })
  void anAsteriskOrWhatIsNoNameIsAny(String field, boolean any) {
    assertEquals(any, Vary.isAny(lines(field)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "1; 1",
        "` 1\t`; 1",
        "1, 2; 1, 2",
        "1,2; 1, 2",
        "` 1 ,\t 2 `; 1, 2",
        "1|2; 1, 2",
        "` 1|2,3 `; 1, 2, 3",
        "en ,   de; en, de",
        "``; ``",
        "|; `, `",
        "a  b; a  b",
      })
  void whatMeansTheSameIsTheSame(String values, String canonical) {
    assertEquals(canonical, Vary.canonical(lines(values)));
  }

  /** Two pages must not share an entry because of a tidying that goes too far. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "1; 2",
        "1, 2; 2, 1",
        "1, 2; 1 2",
        "1, 2; 1,, 2",
        "1; 1,",
        "1; ,1",
        "a; A",
        "a b; a  b",
        "\"a,b\"; \"a, b\"",
        "\"a\\\",b\"; \"a\\\", b\"",
        "\" a\"; \"a\"",
        "12; 1, 2",
      })
  void whatMeansSomethingElseIsNotTheSame(String one, String other) {
    assertNotEquals(Vary.canonical(lines(one)), Vary.canonical(lines(other)));
  }

  @Test
  void anAbsentFieldIsNotAnEmptyOne() {
    assertNull(Vary.canonical(null));
    assertNull(Vary.canonical(List.of()));
    assertEquals("", Vary.canonical(List.of("")));
  }
}
