package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever can write to Redis can at worst cause misses. */
@SuppressWarnings("unused") // Fields are read by the codec.
class UntrustedBytesTest {

  /** Set by whatever must not run. */
  private static final AtomicBoolean RAN = new AtomicBoolean();

  static final class Gadget {
    static {
      RAN.set(true);
    }

    final int x = 1;
  }

  interface Shape {}

  static final class Circle implements Shape {
    final int radius;

    Circle(int radius) {
      this.radius = radius;
    }
  }

  interface Frame {}

  enum Wood {
    OAK
  }

  static final class Panel implements Frame {
    final Wood wood = Wood.OAK;
    final TimeUnit dryFor = TimeUnit.DAYS;
  }

  /** Not named by any declaration of a method that returns a shape, and no more is its frame. */
  static final class Framed implements Shape {
    final Shape inside = new Circle(1);
    final Frame frame = new Panel();
    @Nullable Object any;
    @Nullable Runnable task;
    @Nullable Supplier<Catalogue> source;
    @Nullable Throwable failure;
  }

  /** A subtype of what a field may hold, but of the JDK. */
  static final class RunnableGadget implements Runnable, Supplier<Catalogue> {
    static {
      RAN.set(true);
    }

    @Override
    public void run() {}

    @Override
    public Catalogue get() {
      return new Catalogue();
    }
  }

  sealed interface Animal permits Dog {}

  record Dog(String name) implements Animal {}

  static final class Catalogue {
    final Map<String, @Nullable Object> byName = new HashMap<>();
    final List<Shape> shapes = new ArrayList<>();
    final Object[] array = {1, "a", UUID.randomUUID(), new int[100], new long[] {1, 2}};
    final @Nullable String note = "\u0416\u0416";
    final double d = 1.5;
    TimeUnit unit = TimeUnit.DAYS;
  }

  static Catalogue catalogue() {
    Catalogue catalogue = new Catalogue();
    catalogue.shapes.add(new Circle(3));
    catalogue.shapes.add(catalogue.shapes.get(0));
    catalogue.byName.put("a", List.of(1, 2, 3));
    catalogue.byName.put("b", new TreeMap<>(Map.of("k", new HashSet<>(List.of(1)))));
    catalogue.byName.put("c", EnumSet.of(TimeUnit.DAYS));
    catalogue.byName.put("d", new IllegalStateException("x"));
    catalogue.byName.put("self", catalogue);
    return catalogue;
  }

  @Test
  void classThatTheMethodCannotReturnIsNeitherInitialisedNorMade() throws Exception {
    String gadget = UntrustedBytesTest.class.getName() + "$Gadget";
    Class<?> type = Class.forName(gadget, false, getClass().getClassLoader());
    byte[] entry = entryNaming(gadget, Layouts.of(type), new byte[] {1});
    byte[] array =
        entryNaming("[L" + gadget + ";", Layouts.of(type.arrayType()), new byte[] {1, 0});
    for (Type declared : new Type[] {Object.class, String.class, Shape.class, List.class}) {
      for (byte[] bytes : List.of(entry, array)) {
        assertForbidden(
            gadget + " can't be part of this method's results.", Codecs.formatOf(declared), bytes);
      }
    }
    assertFalse(RAN.get(), "the gadget's initialiser ran");
  }

  @Test
  void classesOfTheJdkWithoutRuleAreNotEvenLookedFor() throws Exception {
    for (String name :
        List.of(
            "java.net.URLClassLoader",
            "javax.naming.InitialContext",
            "sun.misc.Unsafe",
            "com.sun.rowset.JdbcRowSetImpl",
            "java.lang.Thread",
            "java.lang.DoesNotExist",
            "java.lang.IllegalStateException")) {
      assertForbidden(
          name + " can't be part of this method's results.",
          Codecs.formatOf(Object.class),
          entryNaming(name, 0, new byte[0]));
    }
  }

  @Test
  void builtInClassIsNotReadUnderItsName() throws Exception {
    UnreadableValueException unreadable =
        assertThrows(
            UnreadableValueException.class,
            () ->
                Codecs.read(
                    Codecs.formatOf(String.class),
                    entryNaming("java.lang.String", 0, new byte[] {1})));
    assertEquals("java.lang.String is never written under its own name.", unreadable.getMessage());
  }

  @Test
  void subtypesOfWhatIsDeclaredAreRead() throws Exception {
    byte[] circle = Codecs.write(Codecs.formatOf(Object.class), new Circle(2));
    assertEquals(2, ((Circle) present(Codecs.read(Codecs.formatOf(Shape.class), circle))).radius);
    byte[] dog = Codecs.write(Codecs.formatOf(Object.class), new Dog("d"));
    assertEquals(new Dog("d"), Codecs.read(Codecs.formatOf(Animal.class), dog));
    assertThrows(
        UnreadableValueException.class, () -> Codecs.read(Codecs.formatOf(Shape.class), dog));
  }

  @Test
  void whatASubtypeIsMadeOfIsRead() throws Exception {
    byte[] bytes = Codecs.write(Codecs.formatOf(Object.class), List.of(new Framed()));
    ValueFormat format = Codecs.formatOf(Shape.class);
    long layout = format.layout();

    Framed read = (Framed) present((List<?>) Codecs.read(format, bytes)).get(0);

    assertEquals(TimeUnit.DAYS, ((Panel) read.frame).dryFor);
    assertEquals(layout, format.layout());
    byte[] panel = Codecs.write(Codecs.formatOf(Object.class), new Panel());
    assertEquals(Panel.class, present(Codecs.read(format, panel)).getClass());
  }

  @Test
  void whatASubtypeThatWasWrittenIsMadeOfIsRead() throws Exception {
    ValueFormat format = Codecs.formatOf(Shape.class);
    Codecs.write(format, new Framed());

    byte[] unit = Codecs.write(Codecs.formatOf(Object.class), List.of(TimeUnit.DAYS, Wood.OAK));
    assertEquals(List.of(TimeUnit.DAYS, Wood.OAK), Codecs.read(format, unit));
  }

  @Test
  void onlyASubtypeThatIsAsItIsHereLeadsOn() throws Exception {
    ValueFormat format = Codecs.formatOf(Shape.class);
    byte[] panel = Codecs.write(Codecs.formatOf(Object.class), new Panel());
    String refused = Panel.class.getName() + " can't be part of this method's results.";
    assertForbidden(refused, format, panel);
    assertThrows(
        UnreadableValueException.class,
        () -> Codecs.read(format, entryNaming(Framed.class.getName(), 1, new byte[] {1})));
    assertForbidden(refused, format, panel);
  }

  @Test
  void aSubtypeLeadsToNoClassByATypeOfTheJdk() throws Exception {
    ValueFormat format = Codecs.formatOf(Shape.class);
    Codecs.read(format, Codecs.write(Codecs.formatOf(Object.class), new Framed()));

    for (String gadget : List.of("$Gadget", "$RunnableGadget")) {
      String name = UntrustedBytesTest.class.getName() + gadget;
      Class<?> type = Class.forName(name, false, getClass().getClassLoader());
      assertForbidden(
          name + " can't be part of this method's results.",
          format,
          entryNaming(name, Layouts.of(type), new byte[] {1}));
    }
    for (Object value : List.of(new IllegalStateException("m"), new Dog("d"))) {
      byte[] bytes = Codecs.write(Codecs.formatOf(Object.class), value);
      assertForbidden(
          value.getClass().getName() + " can't be part of this method's results.", format, bytes);
    }
    assertFalse(RAN.get(), "a gadget's initialiser ran");
  }

  @Test
  void whatWasWrittenForAMethodIsReadForIt() throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    byte[] bytes = Codecs.write(Codecs.formatOf(Object.class), List.of(new Dog("a")));
    assertThrows(UnreadableValueException.class, () -> Codecs.read(format, bytes));
    Codecs.write(format, new Dog("b"));
    assertEquals(List.of(new Dog("a")), Codecs.read(format, bytes));
  }

  @Test
  void exceptionsAreReadOnlyWhereTheyAreCached() throws Exception {
    byte[] bytes = Codecs.write(Codecs.formatOf(Object.class), new IllegalStateException("m"));
    assertThrows(
        UnreadableValueException.class, () -> Codecs.read(Codecs.formatOf(String.class), bytes));
    Object back = Codecs.read(Codecs.formatOf(String.class, RuntimeException.class), bytes);
    assertEquals("java.lang.IllegalStateException: m", String.valueOf(back));
  }

  @Test
  void lengthsThatAreLiesAllocateNothing() throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    for (int tag = 0; tag < 400; tag++) {
      Output out = new Output(64, -1);
      out.writeVarInt(tag, true);
      for (int i = 0; i < 4; i++) {
        out.writeVarInt(Integer.MAX_VALUE - 9, true);
      }
      readAnyhow(format, out.toBytes());
    }
  }

  @Test
  void nestedLengthsAreBoundedTogether() {
    ValueFormat format = Codecs.formatOf(Object.class);
    int arrayTag = tagOf(Object[].class);
    Output out = new Output(1 << 20, -1);
    for (int i = 0; i < 200; i++) {
      out.writeVarInt(arrayTag, true);
      out.writeVarInt(Kryo.NOT_NULL, true);
      out.writeVarInt(1_000_000, true);
    }
    byte[] bytes = Arrays.copyOf(out.toBytes(), 1 << 20);
    UnreadableValueException unreadable =
        assertThrows(UnreadableValueException.class, () -> format.read(bytes, 0, bytes.length));
    assertEquals("A length is greater than the entry.", unreadable.getMessage());
  }

  @Test
  void deepNestingIsRefused() {
    ValueFormat format = Codecs.formatOf(Object.class);
    byte[] bytes = new byte[200_000];
    for (int i = 0; i + 2 < bytes.length; i += 3) {
      bytes[i] = (byte) tagOf(ArrayList.class);
      bytes[i + 1] = Kryo.NOT_NULL;
      bytes[i + 2] = 1;
    }
    assertThrows(UnreadableValueException.class, () -> format.read(bytes, 0, bytes.length));
  }

  @Test
  void randomBytesAreNeverMoreThanUnreadable() {
    ValueFormat format = Codecs.formatOf(Catalogue.class, RuntimeException.class);
    Random random = new Random(42);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            readAnyhow(format, bytes);
          }
        });
  }

  @Test
  void damagedValuesAreNeverMoreThanUnreadable() throws Exception {
    ValueFormat format = Codecs.formatOf(Catalogue.class, RuntimeException.class);
    byte[] whole = format.write(null, 0, catalogue(), 1 << 20);
    assertEquals(Catalogue.class, present(format.read(whole, 0, whole.length)).getClass());
    Random random = new Random(43);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            readAnyhow(format, damaged);
          }
          for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int flips = random.nextInt(8); flips > 0 && damaged.length > 0; flips--) {
              damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            readAnyhow(format, damaged);
          }
        });
    for (int length = 0; length < whole.length; length++) {
      int to = length;
      assertThrows(UnreadableValueException.class, () -> format.read(whole, 0, to));
    }
    assertEquals(Catalogue.class, present(format.read(whole, 0, whole.length)).getClass());
  }

  /** Anything may come out of damaged bytes but another exception or an error. */
  private static void readAnyhow(ValueFormat format, byte[] bytes) {
    try {
      format.read(bytes, 0, bytes.length);
    } catch (UnreadableValueException e) {
      assertFalse(e.getMessage().isEmpty());
      assertFalse(
          e.getCause() instanceof OutOfMemoryError,
          () -> "out of memory: " + Arrays.toString(bytes));
    }
  }

  private static int tagOf(Class<?> builtIn) {
    return EntryClasses.FIRST_BUILT_IN + 2 * present(BuiltIns.of(builtIn)).builtInIndex;
  }

  private static void assertForbidden(String message, ValueFormat format, byte[] bytes) {
    UnreadableValueException unreadable =
        assertThrows(UnreadableValueException.class, () -> Codecs.read(format, bytes), message);
    assertEquals(UnreadableValueException.Kind.FORBIDDEN, unreadable.kind());
    assertEquals(message, unreadable.getMessage());
  }

  private static byte[] entryNaming(String className, long layout, byte[] content) {
    Output out = new Output(64, -1);
    out.writeBytes(new byte[Codecs.HEADROOM]);
    out.writeVarInt(EntryClasses.FIRST_OF_ENTRY, true);
    byte[] name = className.getBytes(StandardCharsets.UTF_8);
    out.writeVarInt(name.length, true);
    out.writeBytes(name);
    out.writeLong(layout);
    out.writeBytes(content);
    return out.toBytes();
  }

  private static <T> T present(@Nullable T value) {
    return java.util.Objects.requireNonNull(value);
  }
}
