package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Classes of the application that extend a collection or map of the JDK. */
@SuppressWarnings("serial") // None of them meets Java's own streams.
class DerivedCollectionTest {

  static final class Page extends ArrayList<String> {
    long total;
    List<String> names = new ArrayList<>(List.of("n"));
  }

  static final class Counting extends ArrayList<Integer> {
    int added;

    @Override
    public boolean add(Integer number) {
      added++;
      return super.add(-number);
    }
  }

  static final class Recent extends LinkedHashMap<String, Integer> {
    final int max;

    Recent(int max) {
      super(16, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
      return size() > max;
    }
  }

  static final class Backwards extends TreeMap<Integer, String> {
    Backwards() {
      super(Comparator.reverseOrder());
    }
  }

  static final class Names extends HashSet<String> {
    final String of = "names";
  }

  @Test
  void fieldsAndElementsComeBack() throws Exception {
    Page page = new Page();
    page.total = 42;
    page.add("a");
    page.add(null);
    Page back = copy(page);
    assertEquals(page, back);
    assertEquals(42, back.total);
    assertEquals(page.names, back.names);
  }

  @Test
  void whatAClassOverridesIsNotDoneAgain() throws Exception {
    Counting counting = new Counting();
    counting.add(7);
    Counting back = copy(counting);
    assertEquals(List.of(-7), back);
    assertEquals(1, back.added);
  }

  @Test
  void orderAndBoundStay() throws Exception {
    Recent recent = new Recent(2);
    recent.put("a", 1);
    recent.put("b", 2);
    assertNotNull(recent.get("a"));
    Recent back = copy(recent);
    back.put("c", 3);
    assertEquals(List.of("a", "c"), new ArrayList<>(back.keySet()));
  }

  @Test
  void comparatorsStay() throws Exception {
    Backwards backwards = new Backwards();
    backwards.put(1, "a");
    backwards.put(2, "b");
    Backwards back = copy(backwards);
    back.put(3, "c");
    assertEquals(List.of(3, 2, 1), new ArrayList<>(back.keySet()));
  }

  @Test
  void setsFindTheirElements() throws Exception {
    Names names = new Names();
    names.add("x");
    Names back = copy(names);
    assertEquals(names, back);
    assertEquals("names", back.of);
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T value) throws Exception {
    byte[] bytes = Codecs.write(Codecs.formatOf(value.getClass()), value);
    return (T) Objects.requireNonNull(Codecs.read(Codecs.formatOf(value.getClass()), bytes));
  }
}
