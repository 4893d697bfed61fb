package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.type.Opener;
import java.lang.reflect.Type;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Constants of Scala come back as themselves. The classes are like those that its compiler makes.
 */
@SuppressWarnings({"serial", "unused"}) // As in Scala.
class ScalaConstantsTest {

  /** {@code enum Shape { case Round, Square; case Regular(corners: Int) }}. */
  public abstract static class Shape implements scala.reflect.Enum {
    @Override
    public scala.collection.Iterator<Object> productIterator() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String productElementName(int n) {
      throw new UnsupportedOperationException();
    }

    @Override
    public scala.collection.Iterator<String> productElementNames() {
      throw new UnsupportedOperationException();
    }
  }

  public static final class Shape$ {
    public static final Shape$ MODULE$ = new Shape$();

    private String[] names = {"Round", "Square"};
    private final Shape[] values = {new Constant(0), new Constant(1)};

    public Shape fromOrdinal(int ordinal) {
      if (ordinal >= names.length) {
        throw new NoSuchElementException("ordinal " + ordinal);
      }
      return values[ordinal];
    }
  }

  static final class Constant extends Shape implements scala.runtime.EnumValue {
    private final int ordinal;

    Constant(int ordinal) {
      this.ordinal = ordinal;
    }

    @Override
    public int ordinal() {
      return ordinal;
    }

    @Override
    public String productPrefix() {
      return Shape$.MODULE$.names[ordinal];
    }

    @Override
    public String productElementName(int n) {
      return super.productElementName(n);
    }

    @Override
    public boolean canEqual(Object that) {
      return that == this;
    }

    @Override
    public int productArity() {
      return 0;
    }

    @Override
    public Object productElement(int n) {
      throw new IndexOutOfBoundsException(n);
    }

    private Object readResolve() {
      return Shape$.MODULE$.fromOrdinal(ordinal);
    }
  }

  public static final class Regular extends Shape {
    private final int corners;

    Regular(int corners) {
      this.corners = corners;
    }

    @Override
    public int ordinal() {
      return 2;
    }

    @Override
    public String productPrefix() {
      return "Regular";
    }

    @Override
    public int productArity() {
      return 1;
    }

    @Override
    public Object productElement(int n) {
      return corners;
    }

    @Override
    public boolean canEqual(Object that) {
      return that instanceof Regular;
    }
  }

  /** {@code object Day extends Enumeration { val Monday, Tuesday = Value }}. */
  public static final class Day$ extends scala.Enumeration {
    public static final Day$ MODULE$ = new Day$();

    private final Value monday = Value("Monday");
    private final Value tuesday = Value("Tuesday");
  }

  record Plan(List<Shape> shapes, scala.Enumeration.Value day) {}

  @Test
  void constantsOfAnEnum() throws Exception {
    Shape square = Shape$.MODULE$.fromOrdinal(1);
    assertSame(square, read(Shape.class, square));
    requireShared(square);
    Shape regular = (Shape) read(Shape.class, new Regular(5));
    assertEquals(5, regular.productElement(0));
  }

  @Test
  void constantThatIsAnotherOneNowIsAMiss() throws Exception {
    byte[] bytes = Codecs.write(Codecs.formatOf(Shape.class), Shape$.MODULE$.fromOrdinal(1));
    String[] names = Shape$.MODULE$.names;
    for (String[] changed : new String[][] {{"Square", "Round"}, {"Square"}}) {
      try {
        Shape$.MODULE$.names = changed;
        UnreadableValueException unreadable =
            assertThrows(
                UnreadableValueException.class,
                () -> Codecs.read(Codecs.formatOf(Shape.class), bytes));
        assertEquals(UnreadableValueException.Kind.FOREIGN_LAYOUT, unreadable.kind());
      } finally {
        Shape$.MODULE$.names = names;
      }
    }
  }

  @Test
  void constantThatItsEnumDoesNotKnowIsRefused() {
    assertThrows(UncacheableValueException.class, () -> read(Shape.class, new Constant(1)));
  }

  @Test
  void valuesOfAnEnumeration() throws Exception {
    scala.Enumeration.Value tuesday = Day$.MODULE$.tuesday;
    assertSame(tuesday, read(scala.Enumeration.Value.class, tuesday));
    requireShared(tuesday);
  }

  @Test
  void withinOtherValues() throws Exception {
    Shape round = Shape$.MODULE$.fromOrdinal(0);
    Plan plan = new Plan(List.of(round, new Regular(3), round), Day$.MODULE$.monday);
    Plan back = (Plan) read(Plan.class, plan);
    assertSame(round, back.shapes.get(0));
    assertSame(round, back.shapes.get(2));
    assertSame(plan.day, back.day);
  }

  private static void requireShared(Object constant) {
    assertTrue(new Immutability(new Opener(Codecs::open)).parts(constant) > 0);
    ValueCodec codec = Codecs.of(ScalaConstantsTest.class.getClassLoader());
    assertSame(constant, new GraphCopier(codec, 10).copy(constant));
  }

  private static Object read(Type declared, Object value) throws Exception {
    byte[] bytes = Codecs.write(Codecs.formatOf(declared), value);
    return Objects.requireNonNull(Codecs.read(Codecs.formatOf(declared), bytes));
  }
}
