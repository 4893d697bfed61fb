package io.github.rediscached.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final byte[] KEY = "shop:products:42".getBytes(UTF_8);
  private static final Envelope ENVELOPE =
      new Envelope(
          false, Long.MIN_VALUE, -1, 1_790_000_000_000L, 600_000, 12_345, -7, 0, List.of());
  private static final Envelope WITH_TAGS =
      new Envelope(
          true,
          1,
          2,
          3,
          0,
          0,
          4,
          Long.MIN_VALUE,
          List.of("product:42", "", "grün", "x".repeat(999)));

  private static final Envelope PACKED = WITH_TAGS.packed(1 << 20, true);

  @Test
  void headerIsReadAsItWasWritten() {
    assertEquals(PACKED, Envelope.read(entry(PACKED, 100), KEY));
    assertEquals(
        ENVELOPE.packed(0, true), Envelope.read(entry(ENVELOPE.packed(0, true), 100), KEY));
    assertEquals(
        ENVELOPE.packed(7, false), Envelope.read(entry(ENVELOPE.packed(7, false), 100), KEY));
    assertEquals(ENVELOPE, Envelope.read(entry(ENVELOPE, 100), KEY));
    assertEquals(WITH_TAGS, Envelope.read(entry(WITH_TAGS, 0), KEY));
    assertEquals(WITH_TAGS, Envelope.read(entry(WITH_TAGS, 100), KEY));
  }

  @Test
  void aVeryLongLoadIsCutToWhatTheHeaderHolds() {
    Envelope slow =
        new Envelope(false, 1, 2, 3, 4, Long.MAX_VALUE, 5, 0, Collections.nCopies(300, "tag"));

    Envelope read = Envelope.read(entry(slow, 10), KEY);

    assertEquals(Envelope.MAX_LOAD_MICROS, Objects.requireNonNull(read).loadMicros());
    assertEquals(300, read.tags().size());
  }

  /** Their number had 16 bits once. */
  @Test
  void anyNumberOfTagsIsReadAsItWasWritten() {
    List<String> tags = IntStream.range(0, 70_000).mapToObj(Integer::toString).toList();
    Envelope many = new Envelope(false, 1, 2, 3, 4, 5, 6, 0, tags);

    assertEquals(many, Envelope.read(entry(many, 10), KEY));
  }

  @Test
  void headerTakesAtMost64Bytes() {
    assertTrue(ENVELOPE.bytes() <= 64, "header of " + ENVELOPE.bytes() + " bytes");
  }

  @Test
  void everyFlippedBitIsAMiss() {
    for (Envelope envelope : List.of(ENVELOPE, WITH_TAGS, PACKED)) {
      byte[] entry = entry(envelope, 100);
      int checked = envelope.valueEnd(entry.length);
      for (int bit = 0; bit < checked * 8; bit++) {
        byte[] damaged = entry.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        assertNull(Envelope.read(damaged, KEY), "bit " + bit);
      }
    }
  }

  @Test
  void everyTruncationIsAMiss() {
    for (Envelope envelope : List.of(ENVELOPE, WITH_TAGS, PACKED)) {
      byte[] entry = entry(envelope, 100);
      for (int length = 0; length < entry.length; length++) {
        assertNull(Envelope.read(Arrays.copyOf(entry, length), KEY), "length " + length);
      }
      assertNull(Envelope.read(Arrays.copyOf(entry, entry.length + 1), KEY), "longer");
    }
  }

  /** Who makes a checksum of his own is still no exception. */
  @Test
  void aHeaderThatLiesIsAMiss() {
    Random random = new Random(1);
    int read = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] entry = entry(PACKED, 100);
      int checked = PACKED.valueEnd(entry.length);
      int at = 3 + random.nextInt(80);
      entry[at] = (byte) random.nextInt();
      byte[] lying = Arrays.copyOf(entry, random.nextBoolean() ? checked : 8 + random.nextInt(90));
      Envelope.writeChecksum(lying, KEY);
      Envelope envelope = Envelope.read(lying, KEY);
      if (envelope != null) {
        read++;
        assertTrue(envelope.bytes() <= envelope.valueEnd(lying.length));
        assertTrue(envelope.expandedBytes() >= 0);
      }
    }
    assertTrue(read > 0);
  }

  @Test
  void aSealIsBoundToTheKeyAndAllOfTheHeaderButTheChecksum() {
    byte[] entry = entry(PACKED, 100);
    byte[] binding = Envelope.bindingOf(entry, PACKED.bytes(), KEY);

    for (int at = 0; at < PACKED.bytes(); at++) {
      byte[] changed = entry.clone();
      changed[at]++;
      boolean checksum = at >= 4 && at < 8;
      assertEquals(
          checksum, Arrays.equals(binding, Envelope.bindingOf(changed, PACKED.bytes(), KEY)));
    }
    byte[] after = entry.clone();
    after[PACKED.bytes()]++;
    assertArrayEquals(binding, Envelope.bindingOf(after, PACKED.bytes(), KEY));
    assertFalse(
        Arrays.equals(
            binding, Envelope.bindingOf(entry, PACKED.bytes(), "shop:products:4".getBytes(UTF_8))));
  }

  @Test
  void valueCopiedUnderAnotherKeyIsAMiss() {
    byte[] entry = entry(ENVELOPE, 100);
    assertNull(Envelope.read(entry, "shop:products:43".getBytes(UTF_8)));
    assertNull(Envelope.read(entry, "shop:products:4".getBytes(UTF_8)));
    assertNull(Envelope.read(entry, new byte[0]));
  }

  @Test
  void foreignBytesAreAMiss() {
    assertNull(Envelope.read(new byte[0], KEY));
    assertNull(Envelope.read(new byte[200], KEY));
    assertNull(Envelope.read("{\"id\":42}".repeat(20).getBytes(UTF_8), KEY));
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      assertNull(Envelope.read(bytes, KEY));
    }
  }

  private static byte[] entry(Envelope envelope, int valueLength) {
    byte[] entry = new byte[envelope.bytes() + valueLength];
    new Random(7).nextBytes(entry);
    envelope.writeTo(entry, KEY);
    // Redis appends the versions of the named tags.
    return Arrays.copyOf(entry, entry.length + Envelope.VERSION_BYTES * envelope.tags().size());
  }
}
