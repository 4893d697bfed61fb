package io.github.rediscached.agent.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompressionTest {

  private static final byte[] TEXT = "Article no. 17 of many, blue. ".repeat(300).getBytes(UTF_8);

  private final Compression compression = new Compression();

  @Test
  void whatWasCompressedIsExpanded() {
    byte[] compressed = compressed(TEXT);

    assertTrue(compressed.length < TEXT.length / 10, compressed.length + " bytes");
    assertArrayEquals(TEXT, expanded(compressed, TEXT.length));
  }

  @Test
  void aPartOfAnArrayIsCompressedAndExpanded() {
    byte[] compressed = compression.compressed(TEXT, 30, 330);
    assertNotNull(compressed);
    byte[] entry = new byte[compressed.length + 9];
    System.arraycopy(compressed, 0, entry, 4, compressed.length);

    assertArrayEquals(
        Arrays.copyOfRange(TEXT, 30, 330),
        compression.expanded(entry, 4, 4 + compressed.length, 300));
  }

  @Test
  void whatIsNotMuchSmallerStaysAsItIs() {
    byte[] random = new byte[10_000];
    new Random(1).nextBytes(random);

    assertNull(compression.compressed(random, 0, random.length));
    assertNull(compression.compressed(random, 0, 0));
    // The same objects serve again.
    assertNotNull(compression.compressed(TEXT, 0, TEXT.length));
  }

  @Test
  void anyOtherLengthThanTheOneOfTheHeaderIsRefused() {
    byte[] compressed = compressed(TEXT);

    for (int length : new int[] {-1, 0, 1, TEXT.length - 1, TEXT.length + 1, 2 * TEXT.length}) {
      assertNull(expanded(compressed, length), "length " + length);
    }
    assertArrayEquals(TEXT, expanded(compressed, TEXT.length));
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] compressed = compressed(TEXT);

    for (int length = 0; length < compressed.length; length++) {
      assertNull(expanded(Arrays.copyOf(compressed, length), TEXT.length), "length " + length);
    }
    assertNull(expanded(Arrays.copyOf(compressed, compressed.length + 1), TEXT.length), "longer");
  }

  @Test
  void damagedBytesAreNeverAnException() {
    byte[] compressed = compressed(TEXT);
    for (int bit = 0; bit < compressed.length * 8; bit++) {
      byte[] damaged = compressed.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      byte @Nullable [] expanded = expanded(damaged, TEXT.length);
      assertTrue(expanded == null || expanded.length == TEXT.length);
    }
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      byte @Nullable [] expanded = expanded(bytes, 1 + random.nextInt(1_000));
      assertTrue(expanded == null || expanded.length < 1_001);
    }
  }

  /** A gigabyte could not be claimed for it in this JVM's heap a hundred times. */
  @Test
  void aHeaderCanNotClaimMoreThanTheBytesCanHold() {
    byte[] compressed = compressed(TEXT);

    for (int i = 0; i < 100; i++) {
      assertNull(expanded(compressed, 1 << 30));
    }
  }

  /** Of a stream that is larger than its header says, only so much is made. */
  @Test
  void aBombIsRefused() {
    byte[] bomb = compressed(new byte[50_000_000]);
    assertTrue(bomb.length < 250_000, bomb.length + " bytes");

    for (int i = 0; i < 1_000; i++) {
      assertNull(expanded(bomb, 1_000));
    }
  }

  @Test
  void manyThreadsCompressAndExpandAtOnce() {
    assertTrue(
        IntStream.range(0, 5_000)
            .parallel()
            .allMatch(
                i -> {
                  byte[] value = ("value " + i + ' ').repeat(100).getBytes(UTF_8);
                  return Arrays.equals(value, expanded(compressed(value), value.length));
                }));
  }

  private byte[] compressed(byte[] bytes) {
    return Objects.requireNonNull(compression.compressed(bytes, 0, bytes.length));
  }

  private byte @Nullable [] expanded(byte[] bytes, int length) {
    return compression.expanded(bytes, 0, bytes.length, length);
  }
}
