package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Range;
import com.google.common.collect.TreeMultimap;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Classes that say themselves what they are made of, by the methods of Java's serialisation. */
@SuppressWarnings("serial") // None of them meets Java's own streams.
class SerialFormTest {

  /** Names a substitute that becomes it again. */
  static final class Money implements Serializable {
    private final transient long cents;

    private Money(long cents) {
      this.cents = cents;
    }

    static Money of(long cents) {
      return new Money(cents);
    }

    private Object writeReplace() {
      return new Form(Long.toString(cents));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Money money && money.cents == cents;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(cents);
    }

    private record Text(String text) {}

    private static final class Form implements Serializable {
      private final Text text;

      Form(String text) {
        this.text = new Text(text);
      }

      private Object readResolve() {
        return Money.of(Long.parseLong(text.text()));
      }
    }
  }

  /** Names a substitute of the JDK, which does not lead back. */
  static final class Elsewhere implements Serializable {
    Object writeReplace() {
      return new ArrayList<>();
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new IOException();
    }

    private void readObject(ObjectInputStream in) throws IOException {
      throw new IOException();
    }

    transient int hidden = 1;
  }

  /** Writes what its transient array has. */
  static class Numbers implements Serializable {
    String name = "n";
    private transient int[] numbers;

    Numbers(int... numbers) {
      this.numbers = numbers;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeInt(numbers.length);
      for (int number : numbers) {
        out.writeInt(number);
      }
      out.writeUTF("end");
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      numbers = new int[in.readInt()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readInt();
      }
      assertEquals("end", in.readUTF());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Numbers that
          && Arrays.equals(numbers, that.numbers)
          && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(numbers);
    }
  }

  /** Extends a class that writes itself, and writes fields that it does not have. */
  static final class Named extends Numbers {
    private transient @Nullable String label;

    Named(String label) {
      super(1, 2);
      this.label = label;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      ObjectOutputStream.PutField fields = out.putFields();
      fields.put("text", label);
      fields.put("length", label == null ? 0 : label.length());
      out.writeFields();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      ObjectInputStream.GetField fields = in.readFields();
      label = (String) fields.get("text", "none");
      assertEquals(label.length(), fields.get("length", -1));
      assertEquals(7, fields.get("missing", 7));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return super.equals(other)
          && other instanceof Named named
          && Objects.equals(named.label, label);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }

  /** Writes all of itself. */
  public static final class Point implements Externalizable {
    private int x;
    private List<Object> tags = new ArrayList<>();

    public Point() {}

    Point(int x, Object... tags) {
      this.x = x;
      this.tags.addAll(List.of(tags));
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeInt(x);
      out.writeObject(tags);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
      x = in.readInt();
      tags = (List<Object>) in.readObject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Point point && point.x == x && point.tags.equals(tags);
    }

    @Override
    public int hashCode() {
      return x;
    }
  }

  /** There is one of each name. */
  static final class Unit implements Serializable {
    private static final Map<String, Unit> ALL = new ConcurrentHashMap<>();
    private final String name;

    private Unit(String name) {
      this.name = name;
    }

    static Unit of(String name) {
      return ALL.computeIfAbsent(name, Unit::new);
    }

    private Object readResolve() {
      return of(name);
    }
  }

  private static final Type SHARED =
      new Object() {
        @SuppressWarnings("unused")
        List<Money> list = List.of();
      }.getClass().getDeclaredFields()[0].getGenericType();

  @Test
  void aSubstituteBecomesTheObjectAgain() throws Exception {
    assertEquals(Money.of(250), copy(Money.class, Money.of(250)));
    Money shared = Money.of(3);
    List<?> both = (List<?>) Objects.requireNonNull(copy(SHARED, List.of(shared, shared)));
    assertSame(both.get(0), both.get(1));
  }

  @Test
  void aSubstituteThatLeadsNowhereIsRefused() {
    UncacheableValueException refused =
        assertThrows(
            UncacheableValueException.class,
            () -> Codecs.write(Codecs.formatOf(Object.class), new Elsewhere()));
    assertEquals(UncacheableValueException.Kind.UNSUPPORTED, refused.kind());
  }

  @Test
  void whatAClassWritesItReads() throws Exception {
    assertEquals(new Numbers(1, 2, 3), copy(Numbers.class, new Numbers(1, 2, 3)));
    assertEquals(new Named("x"), copy(Numbers.class, new Named("x")));
    assertEquals(new Point(1, "a", 2), copy(Point.class, new Point(1, "a", 2)));
  }

  @Test
  void anObjectMayResolveToAnotherOne() throws Exception {
    assertSame(Unit.of("m"), copy(Unit.class, Unit.of("m")));
  }

  @Test
  void guavasCollectionsComeBack() throws Exception {
    for (Object value :
        List.of(
            HashMultiset.create(List.of("a", "a", "b")),
            ImmutableListMultimap.of("a", 1, "a", 2),
            TreeMultimap.create(ImmutableListMultimap.of("a", 1, "b", 2)),
            Range.closedOpen(1, 5))) {
      assertEquals(value, copy(value.getClass(), value));
    }
  }

  /** As from another JVM: the reader has not written anything. */
  private static @Nullable Object copy(Type declared, Object value) throws Exception {
    return Codecs.read(Codecs.formatOf(declared), Codecs.write(Codecs.formatOf(declared), value));
  }
}
