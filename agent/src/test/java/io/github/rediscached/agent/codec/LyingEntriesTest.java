package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.type.Text;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An entry that says that it is more than it is takes neither memory nor time for that. */
@SuppressWarnings("unused") // Fields are read by the codec.
class LyingEntriesTest {

  private static final int BYTES = 25;

  /** Beyond what any failure takes, such as for the stack trace of an exception. */
  private static final int FEW_KILOBYTES = 10 << 10;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  record Link(@Nullable Object next, int number) {}

  static final class Bean {
    @Nullable String text;
    @Nullable Object any;
    byte @Nullable [] bytes;
    @Nullable Pattern pattern;
  }

  private final ValueFormat format = Codecs.formatOf(Object.class);
  private final long usual;

  /** All classes that are not there have been looked for, so this takes no memory any more. */
  LyingEntriesTest() {
    for (int i = 0; i < 1_000; i++) {
      Output out = new Output(64, -1);
      out.writeVarInt(EntryClasses.FIRST_OF_ENTRY, true);
      out.writeVarInt(5, true);
      out.writeBytes(String.valueOf(10_000 + i).getBytes(StandardCharsets.UTF_8));
      out.writeLong(1);
      readAnyhow(out.toBytes());
    }
    usual = usual();
  }

  @Test
  void lengthsOfBuiltInsAllocateNothing() {
    Random random = new Random(1);
    for (int index = 0; BuiltIns.at(index) != null || index < 90; index++) {
      for (int n = 0; n < 200; n++) {
        Output out = new Output(64, -1);
        out.writeVarInt(EntryClasses.FIRST_BUILT_IN + 2 * index, true);
        assertAllocatesFew(bytesOf(out, random, n));
      }
    }
  }

  @Test
  void lengthsInTheApplicationsObjectsAllocateNothing() throws Exception {
    Random random = new Random(2);
    for (Object value :
        List.of(
            new Link(1, 2),
            new Bean(),
            new Link[] {new Link(1, 2)},
            new Bean[1][1],
            new Object[] {1})) {
      byte[] whole = Codecs.write(format, value);
      // Tag, length of the name, name, and layout: a name that is cut would be looked for.
      int head = 2 + value.getClass().getName().length() + Long.BYTES;
      if (BuiltIns.of(value.getClass()) != null
          || whole[Codecs.HEADROOM] != EntryClasses.FIRST_OF_ENTRY) {
        head = 1;
      }
      int rest = whole.length - Codecs.HEADROOM - head;
      for (int n = 0; n < 2_000; n++) {
        Output out = new Output(256, -1);
        out.writeBytes(whole, Codecs.HEADROOM, head + random.nextInt(rest));
        assertAllocatesFew(bytesOf(out, random, n));
      }
    }
  }

  /** What makes a length of the rest: a huge number, as much as there is, or chance. */
  private static byte[] bytesOf(Output out, Random random, int n) {
    int end = out.position() + BYTES;
    if (n % 2 == 0) {
      out.writeVarInt(Kryo.NOT_NULL, true);
    }
    while (out.position() < end) {
      switch (n / 2 % 4) {
        case 0 -> out.writeVarInt(Integer.MAX_VALUE - random.nextInt(9), true);
        case 1 -> out.writeByte(BYTES - 2 - random.nextInt(6));
        case 2 -> out.writeVarInt(1 << random.nextInt(31), random.nextBoolean());
        default -> out.writeByte(random.nextInt());
      }
    }
    return Arrays.copyOf(out.toBytes(), end);
  }

  @Test
  @Timeout(60)
  void patternsAreCompiledSoon() {
    Random random = new Random(3);
    String[] parts = {
      "(",
      ")",
      "a",
      "{1,9999999}",
      "*",
      "+",
      "?",
      "|",
      "[",
      "]",
      "\\p{L}",
      "(?<=",
      "\\N{DIGIT ONE}",
      "\u0301",
      "\u0323",
      "\u0327",
      "\u031B",
      "\u0345",
      "\u0334",
      "\u1F82",
      "&&",
      "^",
      ".",
      "(?:"
    };
    int tag = EntryClasses.FIRST_BUILT_IN + 2 * known(Pattern.class).builtInIndex;
    for (int n = 0; n < 100_000; n++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 12) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      readAnyhow(entryOf(tag, text.toString(), random.nextInt(0x200)));
    }
    String marks = "a\u0301\u0323\u0327\u031B\u0345\u0334\u0301\u0323\u0327\u0328";
    assertEquals(
        "A pattern would take for ever to compile.",
        assertThrows(
                UnreadableValueException.class,
                () -> {
                  byte[] bytes = entryOf(tag, marks, Pattern.CANON_EQ);
                  format.read(bytes, 0, bytes.length);
                })
            .getMessage());
    assertAllocatesFew(entryOf(tag, "(a{1,9999999}){1,9999999}", 0));
  }

  private static byte[] entryOf(int tag, String text, int flags) {
    Output out = new Output(64, -1);
    out.writeVarInt(tag, true);
    Text.write(out, text);
    out.writeVarInt(flags, true);
    return out.toBytes();
  }

  @Test
  @Timeout(60)
  void setsThatHoldEachOtherManyTimesAreNotHashed() throws Exception {
    List<Object> left = new ArrayList<>(List.of(1));
    List<Object> right = new ArrayList<>(List.of(2));
    for (int i = 0; i < 100; i++) {
      List<Object> nextLeft = new ArrayList<>(List.of(left, right, "l"));
      right = new ArrayList<>(List.of(left, right));
      left = nextLeft;
    }
    byte[] list = Codecs.write(format, left);
    assertTrue(Codecs.read(format, list) instanceof List<?>);

    Output set = new Output(1 << 16, -1);
    set.writeVarInt(EntryClasses.FIRST_BUILT_IN + 2 * known(HashSet.class).builtInIndex, true);
    set.writeVarInt(Kryo.NOT_NULL, true);
    set.writeVarInt(1, true);
    set.writeBytes(list, Codecs.HEADROOM, list.length - Codecs.HEADROOM);
    byte[] bytes = set.toBytes();
    UnreadableValueException unreadable =
        assertThrows(UnreadableValueException.class, () -> format.read(bytes, 0, bytes.length));
    assertTrue(String.valueOf(unreadable.getMessage()).contains("hash"), unreadable.getMessage());
  }

  @Test
  void setsOfWhatIsSharedALittleAreRead() throws Exception {
    List<Integer> shared = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      shared.add(i);
    }
    Set<Object> set = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      set.add(new ArrayList<>(List.of(i, shared)));
    }
    HashMap<Object, Object> map = new HashMap<>();
    map.put(set, set);

    assertEquals(map, Codecs.read(format, Codecs.write(format, map)));
  }

  private static KnownClass known(Class<?> type) {
    return Objects.requireNonNull(BuiltIns.of(type));
  }

  /** What the least entry that is not right takes. */
  private long usual() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 200; i++) {
      least = Math.min(least, allocatedBy(new byte[] {0, 0}));
    }
    return least;
  }

  /** The first time something may be loaded. */
  private void assertAllocatesFew(byte[] bytes) {
    long allocated = allocatedBy(bytes) - usual;
    for (int i = 0; i < 3 && allocated > FEW_KILOBYTES; i++) {
      allocated = allocatedBy(bytes) - usual;
    }
    assertTrue(allocated <= FEW_KILOBYTES, allocated + " bytes by " + Arrays.toString(bytes));
  }

  private long allocatedBy(byte[] bytes) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    readAnyhow(bytes);
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }

  private void readAnyhow(byte[] bytes) {
    try {
      format.read(bytes, 0, bytes.length);
    } catch (UnreadableValueException e) {
      assertTrue(!(e.getCause() instanceof OutOfMemoryError));
    }
  }
}
