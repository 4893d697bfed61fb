package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.protocol.Envelope;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Entries that are damaged, cut and put together anew: none throws anything but what says that it
 * can't be read, brings in a foreign class or, where its checksum is asked, gives any value.
 *
 * <p>By default 1 million, other ones on each version of Java; {@code -Drediscached.fuzz=10000000}
 * for more.
 */
@SuppressWarnings("unused") // Fields are read by the codec.
class FuzzedEntriesTest {

  private static final int ENTRIES = Integer.getInteger("rediscached.fuzz", 1_000_000);

  private static final byte[] KEY = "shop:products:42".getBytes(StandardCharsets.UTF_8);

  private static final Envelope ENVELOPE =
      new Envelope(false, 1, 2, 1_790_000_000_000L, 600_000, 12_345, 7, 0, List.of("t"));

  private static final AtomicBoolean RAN = new AtomicBoolean();

  /** As long as a class that may be read, so that a few bytes make the one out of the other. */
  static final class Gadget {
    static {
      RAN.set(true);
    }
  }

  static final class Garden {
    final List<Object> beds = new ArrayList<>();
    @Nullable Garden next;
    int[] sizes = {1, 2, 3};
    double area = 1.5;
    Plot plot = new Plot("p", 3);
    Plot[] plots = {plot, plot};
  }

  record Plot(String name, long size) {}

  private static List<Object> values() {
    Garden garden = new Garden();
    garden.next = new Garden();
    garden.next.next = garden;
    garden.beds.addAll(
        List.of(new Plot("a", 1), Optional.of("x"), garden.plot, Gadget.class.getName()));
    return List.of(
        garden,
        new ArrayList<>(List.of(1, "a", 2L, 3.5, new BigDecimal("1.50"), UUID.randomUUID())),
        new TreeMap<>(Map.of("k", new TreeSet<>(List.of(1, 2, 3)), "l", List.of(new Plot("b", 2)))),
        List.of(
            Instant.EPOCH,
            LocalDate.EPOCH,
            Duration.ofDays(2),
            ZonedDateTime.parse("2024-01-01T00:00Z")),
        List.of(
            Pattern.compile("(a|b){1,3}"),
            Locale.GERMANY,
            Currency.getInstance("EUR"),
            BitSet.valueOf(new long[] {5})),
        Map.of("a", Collections.nCopies(5, "x"), "b", new IllegalStateException("m")),
        new Object[] {
          new byte[] {1, 2},
          new double[] {1},
          Plot.class,
          Collections.unmodifiableList(new ArrayList<>(List.of(1)))
        });
  }

  @Test
  @Timeout(900)
  void noneIsMoreThanUnreadable() throws Exception {
    ValueFormat format = Codecs.formatOf(Garden.class, RuntimeException.class);
    List<byte[]> entries = new ArrayList<>();
    for (Object value : values()) {
      byte[] entry = format.write(null, ENVELOPE.bytes(), value, 1 << 20);
      ENVELOPE.writeTo(entry, KEY);
      entry = Arrays.copyOf(entry, entry.length + Envelope.VERSION_BYTES);
      assertNotNull(Envelope.read(entry, KEY));
      assertNotNull(format.read(entry, ENVELOPE.bytes(), ENVELOPE.valueEnd(entry.length)));
      entries.add(entry);
    }
    Random random = new Random(44 + Runtime.version().feature());
    long longest = 0;
    int read = 0;
    for (int i = 0; i < ENTRIES; i++) {
      byte[] damaged = damaged(entries, random);
      Envelope envelope = Envelope.read(damaged, KEY);
      if (envelope != null) {
        assertIsWhole(entries, damaged);
      }
      long began = System.nanoTime();
      read += readAnyhow(format, damaged);
      longest = Math.max(longest, System.nanoTime() - began);
    }
    assertTrue(longest < 10_000_000_000L, longest + " ns for one entry");
    assertTrue(read < ENTRIES / 2, read + " of " + ENTRIES + " were read");
    assertFalse(RAN.get(), "the gadget's initialiser ran");
    assertNotNull(
        format.read(entries.get(0), ENVELOPE.bytes(), ENVELOPE.valueEnd(entries.get(0).length)));
  }

  private static byte[] damaged(List<byte[]> entries, Random random) {
    byte[] entry = entries.get(random.nextInt(entries.size()));
    byte[] damaged;
    switch (random.nextInt(4)) {
      case 0 -> damaged = Arrays.copyOf(entry, random.nextInt(entry.length));
      case 1 -> {
        byte[] other = entries.get(random.nextInt(entries.size()));
        int from = random.nextInt(other.length);
        int at = random.nextInt(entry.length);
        damaged = Arrays.copyOf(entry, at + other.length - from);
        System.arraycopy(other, from, damaged, at, other.length - from);
      }
      default -> damaged = entry.clone();
    }
    for (int n = random.nextInt(4); n >= 0 && damaged.length > 0; n--) {
      int at = random.nextInt(damaged.length);
      damaged[at] =
          random.nextBoolean()
              ? (byte) (damaged[at] ^ 1 << random.nextInt(8))
              : (byte) random.nextInt();
    }
    return damaged;
  }

  /** What was changed twice may be what it was; the versions behind the value have no checksum. */
  private static void assertIsWhole(List<byte[]> entries, byte[] damaged) {
    int end = ENVELOPE.valueEnd(damaged.length);
    boolean whole = false;
    for (byte[] entry : entries) {
      whole |= entry.length == damaged.length && Arrays.equals(entry, 0, end, damaged, 0, end);
    }
    assertTrue(whole, () -> Arrays.toString(damaged));
  }

  private static int readAnyhow(ValueFormat format, byte[] damaged) {
    int to = Math.max(ENVELOPE.bytes(), ENVELOPE.valueEnd(damaged.length));
    if (to > damaged.length) {
      return 0;
    }
    try {
      format.read(damaged, ENVELOPE.bytes(), to);
      return 1;
    } catch (UnreadableValueException e) {
      assertFalse(e.getMessage().isEmpty());
      assertFalse(e.getCause() instanceof OutOfMemoryError);
      return 0;
    }
  }
}
