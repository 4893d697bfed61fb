package io.github.rediscached.agent.classfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rediscached.agent.classfile.FieldFacts.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("all") // Code as users write it.
class FieldFactsTest {

  private static Role role(Class<?> type, String field) {
    try {
      return FieldFacts.role(type.getDeclaredField(field));
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  static final class Kept {
    final String first;
    final String last;
    private int hash;
    private int accumulated;
    private @Nullable String full;
    private int length = -1;
    private long sum;
    private @Nullable Integer boxed;
    private boolean known;
    private int guarded;
    private volatile @Nullable String checkedTwice;

    Kept(String first, String last) {
      this.first = first;
      this.last = last;
    }

    Kept(Kept other) {
      this(other.first, other.last);
      hash = other.hash;
    }

    @Override
    public int hashCode() {
      int h = hash;
      if (h == 0) {
        hash = h = Objects.hash(first, last);
      }
      return h;
    }

    int accumulated() {
      int h = accumulated;
      if (h == 0 && !first.isEmpty()) {
        for (int i = 0; i < first.length(); i++) {
          h = 31 * h + first.charAt(i);
        }
        accumulated = h;
      }
      return h;
    }

    String full() {
      if (full != null) {
        return full;
      }
      full = first + " " + last;
      return full;
    }

    int length() {
      if (length < 0) {
        length = first.length() + last.length();
        if (length == 7) {
          length = 8;
        }
      }
      return length;
    }

    long sum() {
      if (sum == 0L) {
        StringBuilder builder = new StringBuilder();
        try {
          builder.append(first).append(last);
        } catch (RuntimeException e) {
          builder.append('!');
        }
        sum = builder.length();
      }
      return sum;
    }

    int boxed() {
      return boxed == null ? (boxed = first.length()) : boxed;
    }

    int guarded() {
      if (!known) {
        guarded = first.length();
        known = true;
      }
      return guarded;
    }

    String checkedTwice() {
      String text = checkedTwice;
      if (text == null) {
        synchronized (this) {
          text = checkedTwice;
          if (text == null) {
            text = first + last;
            checkedTwice = text;
          }
        }
      }
      return text;
    }

    void forget() {
      hash = 0;
      full = null;
    }
  }

  @Test
  void whatIsComputedOnDemandIsAMemo() {
    for (String field :
        List.of(
            "hash",
            "full",
            "boxed",
            "known",
            "guarded",
            "checkedTwice",
            "accumulated",
            "sum",
            "length")) {
      assertEquals(Role.MEMO, role(Kept.class, field), field);
    }
    assertEquals(Role.CONSTRUCTED, role(Kept.class, "first"));
  }

  static class Transients {
    final String text;
    private transient @Nullable String language;
    private transient String constructed;
    transient @Nullable String byReflection;
    private final transient ReentrantLock lock = new ReentrantLock();
    private transient Map<String, String> cache = new HashMap<>();
    private final transient Map<String, String> attributes = new HashMap<>();
    private final transient List<String> open = new ArrayList<>();
    private final transient Map<String, String> copied;
    private transient long bitmap;
    private transient @Nullable List<String> words;
    private transient @Nullable Object set;

    ReentrantLock lock() {
      return lock;
    }

    Transients(String text, Map<String, String> copied) {
      this.text = text;
      this.constructed = text;
      this.copied = new HashMap<>(copied);
    }

    void setLanguage(String language) {
      this.language = language;
    }

    String compute(String key) {
      return cache.computeIfAbsent(key, k -> k + text);
    }

    void attribute(String key, String value) {
      attributes.put(key, value);
    }

    List<String> open() {
      return open;
    }

    List<String> words() {
      if ((bitmap & 4) == 0) {
        words = List.of(text.split(" ", -1));
        bitmap |= 4;
      }
      return words;
    }

    Transients with(Object value) {
      set = value;
      return this;
    }
  }

  @Test
  void transientFieldsHaveRolesAsWell() {
    assertEquals(Role.GIVEN, role(Transients.class, "language"));
    assertEquals(Role.CONSTRUCTED, role(Transients.class, "constructed"));
    assertEquals(Role.GIVEN, role(Transients.class, "byReflection"));
    assertEquals(Role.FRESH, role(Transients.class, "lock"));
    assertEquals(Role.FRESH, role(Transients.class, "cache"));
    assertEquals(Role.GIVEN, role(Transients.class, "attributes"));
    assertEquals(Role.GIVEN, role(Transients.class, "open"));
    assertEquals(Role.CONSTRUCTED, role(Transients.class, "copied"));
    assertEquals(Role.MEMO, role(Transients.class, "bitmap"));
    assertEquals(Role.MEMO, role(Transients.class, "words"));
    assertEquals(Role.GIVEN, role(Transients.class, "set"));
  }

  static class LazyReference {
    private final String text = "x".repeat(3);
    private final AtomicReference<Object> lazy = new AtomicReference<>();
    private final AtomicReference<Object> state = new AtomicReference<>();

    String lazy() {
      Object value = lazy.get();
      if (value == null) {
        synchronized (lazy) {
          value = lazy.get();
          if (value == null) {
            String actual = text + "!";
            value = actual == null ? lazy : actual;
            lazy.set(value);
          }
        }
      }
      return (String) (value == lazy ? null : value);
    }

    private final AtomicReference<Object> begun = new AtomicReference<>(UUID.randomUUID());

    void setState(Object value) {
      state.set(value);
    }

    Object renew() {
      Object old = begun.get();
      begun.set(text + old);
      return old;
    }
  }

  @Test
  void aReferenceThatAGetterFillsIsAMemo() {
    assertEquals(Role.MEMO, role(LazyReference.class, "lazy"));
    assertEquals(Role.GIVEN, role(LazyReference.class, "state"));
    assertEquals(Role.FRESH, role(LazyReference.class, "begun"));
  }

  static class Ranges {
    private final long[] bounds;
    private double middle;

    Ranges(long[] bounds) {
      this.bounds = bounds;
    }

    double middle() {
      if (middle == 0.0) {
        int one = 1;
        long sum = 0;
        for (long bound : bounds) {
          long twice = bound * 2;
          sum += twice >> one;
        }
        middle = (double) sum / bounds.length;
      }
      return middle;
    }
  }

  @Test
  void numbersOfTwoPlacesAreFollowed() {
    assertEquals(Role.MEMO, role(Ranges.class, "middle"));
    assertEquals(Role.CONSTRUCTED, role(Ranges.class, "bounds"));
  }

  record Pair(String left, int right) {}

  @Test
  void componentsOfRecordsAreConstructed() {
    assertEquals(Role.CONSTRUCTED, role(Pair.class, "left"));
    assertEquals(Role.CONSTRUCTED, role(Pair.class, "right"));
  }

  @Test
  void whatHasNoClassFileOfTheApplicationIsUnknown() {
    assertEquals(Role.UNKNOWN, role(String.class, "hash"));
  }
}
