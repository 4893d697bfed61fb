package io.github.rediscached.agent.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final byte[] KEY = "shop:products:42".getBytes(UTF_8);
  private static final Envelope ENVELOPE =
      new Envelope(false, Long.MIN_VALUE, -1, 1_790_000_000_000L, 600_000, 12_345, 0);

  @Test
  void headerIsReadAsItWasWritten() {
    assertEquals(ENVELOPE, Envelope.read(entry(ENVELOPE, 100), KEY));
    Envelope variantOfException = new Envelope(true, 1, 2, 3, 0, Long.MAX_VALUE, Long.MIN_VALUE);
    assertEquals(variantOfException, Envelope.read(entry(variantOfException, 0), KEY));
  }

  @Test
  void headerTakesAtMost64Bytes() {
    assertTrue(Envelope.BYTES <= 64, "header of " + Envelope.BYTES + " bytes");
  }

  @Test
  void everyFlippedBitIsAMiss() {
    byte[] entry = entry(ENVELOPE, 100);
    for (int bit = 0; bit < entry.length * 8; bit++) {
      byte[] damaged = entry.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertNull(Envelope.read(damaged, KEY), "bit " + bit);
    }
  }

  @Test
  void everyTruncationIsAMiss() {
    byte[] entry = entry(ENVELOPE, 100);
    for (int length = 0; length < entry.length; length++) {
      assertNull(Envelope.read(Arrays.copyOf(entry, length), KEY), "length " + length);
    }
    assertNull(Envelope.read(Arrays.copyOf(entry, entry.length + 1), KEY), "longer");
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
    byte[] entry = new byte[Envelope.BYTES + valueLength];
    new Random(7).nextBytes(entry);
    envelope.writeTo(entry, KEY);
    return entry;
  }
}
