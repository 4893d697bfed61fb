package io.github.rediscached.agent.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.plan.Secret;
import io.github.rediscached.agent.plan.StoredForm;
import io.github.rediscached.agent.protocol.Envelope;
import io.github.rediscached.agent.seal.Seal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PackingTest {

  private static final byte[] KEY = "shop:products:42".getBytes(UTF_8);
  private static final int MAX = 100_000;
  private static final List<String> TAGS = List.of("product:42", "grün");
  private static final byte[] LARGE = "blue lamp ".repeat(500).getBytes(UTF_8);
  private static final byte[] SMALL = "blue lamp".getBytes(UTF_8);

  private final Seal seal = new Seal(List.of(new Secret(random(32))), "shop");
  private final Packing plain = packing(null, 0);
  private final Packing compressing = packing(null, 100);
  private final Packing sealing = packing(seal, 0);
  private final Packing both = packing(seal, 100);

  private static Packing packing(@Nullable Seal seal, int over) {
    return new Packing(new StoredForm(List.of(), false, over), seal, MAX);
  }

  @Test
  void aValueIsReadAsItWasWritten() throws Exception {
    for (Packing packing : List.of(plain, compressing, sealing, both)) {
      for (byte[] value : List.of(LARGE, SMALL, random(10_000), new byte[0])) {
        for (List<String> tags : List.of(TAGS, List.<String>of())) {
          byte[] stored = stored(packing, value, tags);
          Envelope envelope = Objects.requireNonNull(Envelope.read(stored, KEY));

          Packing.Value read = packing.value(envelope, stored, KEY);

          assertArrayEquals(value, Arrays.copyOfRange(read.bytes(), read.from(), read.to()));
          assertEquals(tags, envelope.tags());
        }
      }
    }
  }

  @Test
  void withoutEitherNothingIsCopied() {
    Envelope envelope = envelope(TAGS);
    byte[] written = new byte[envelope.bytes() + LARGE.length];

    assertSame(written, plain.entry(envelope, written, KEY));
  }

  @Test
  void onlyWhatIsLargerAndBecomesSmallerIsCompressed() {
    assertTrue(stored(compressing, LARGE, TAGS).length < LARGE.length / 5);
    assertTrue(stored(both, LARGE, TAGS).length < LARGE.length / 5);
    for (byte[] value : List.of(random(10_000), "x".repeat(100).getBytes(UTF_8))) {
      assertEquals(stored(plain, value, TAGS).length, stored(compressing, value, TAGS).length);
    }
  }

  @Test
  void compressedOrNotIsReadWhateverTheSettingIs() throws Exception {
    assertEquals(LARGE.length, length(compressing, plain));
    assertEquals(LARGE.length, length(plain, compressing));
    assertEquals(LARGE.length, length(both, sealing));
    assertEquals(LARGE.length, length(sealing, both));
  }

  private static int length(Packing from, Packing to) throws PackedOtherwiseException {
    byte[] stored = stored(from, LARGE, TAGS);
    Packing.Value value = to.value(Objects.requireNonNull(Envelope.read(stored, KEY)), stored, KEY);
    return value.to() - value.from();
  }

  @Test
  void sealedAndPlainEntriesAreNotReadByEachOther() {
    assertReason("it is sealed, and `values.key` is not set here", sealing, plain);
    assertReason("it is not sealed, and `values.key` is set here", plain, sealing);
    assertReason("it is not sealed, and `values.key` is set here", compressing, both);
    Packing other = packing(new Seal(List.of(new Secret(random(33))), "shop"), 0);
    assertReason("it is sealed with a secret that `values.key` has not here", other, sealing);
  }

  @Test
  void whatIsLargerThanAllowedHereIsNotExpanded() {
    Packing less = new Packing(StoredForm.PLAIN, null, LARGE.length - 1);
    assertReason("larger than `defaults.max-value-size`", compressing, less);
  }

  @Test
  void theVersionsThatRedisAppendsAreNoPartOfTheSeal() throws Exception {
    byte[] stored = stored(both, LARGE, TAGS);
    new Random(3).nextBytes(stored);
    byte[] original = stored(both, LARGE, TAGS);
    System.arraycopy(original, 0, stored, 0, original.length - 2 * Envelope.VERSION_BYTES);
    Envelope envelope = Objects.requireNonNull(Envelope.read(stored, KEY));

    assertEquals(LARGE.length, both.value(envelope, stored, KEY).to());
    assertFalse(Arrays.equals(original, stored));
  }

  @Test
  void anotherHeadIsAnotherSeal() {
    byte[] stored = stored(sealing, LARGE, List.of());
    byte[] other = stored(sealing, LARGE, List.of());
    System.arraycopy(stored, 0, other, 0, envelope(List.of()).bytes());
    // The same head but for the token, which is random in production.
    other[16]++;
    Envelope.writeChecksum(other, KEY);
    Envelope envelope = Objects.requireNonNull(Envelope.read(other, KEY));

    PackedOtherwiseException e =
        assertThrows(PackedOtherwiseException.class, () -> sealing.value(envelope, other, KEY));
    assertTrue(e.reason().startsWith("its seal is broken"), e.reason());
  }

  private static void assertReason(String reason, Packing from, Packing to) {
    byte[] stored = stored(from, LARGE, TAGS);
    Envelope envelope = Objects.requireNonNull(Envelope.read(stored, KEY));
    PackedOtherwiseException e =
        assertThrows(PackedOtherwiseException.class, () -> to.value(envelope, stored, KEY));
    assertTrue(e.reason().contains(reason), e.reason());
  }

  /** As Redis has it, with the versions of the tags. */
  private static byte[] stored(Packing packing, byte[] value, List<String> tags) {
    Envelope envelope = envelope(tags);
    byte[] written = new byte[envelope.bytes() + value.length];
    System.arraycopy(value, 0, written, envelope.bytes(), value.length);
    return Entries.asStored(packing.entry(envelope, written, KEY), tags.size());
  }

  private static Envelope envelope(List<String> tags) {
    return new Envelope(false, 1, 2, 3, 4, 5, 6, 7, tags);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
