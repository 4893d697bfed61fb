package io.github.rediscached.agent.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.plan.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SealTest {

  private static final Secret OLD = secret(1);
  private static final Secret NEW = secret(2);
  private static final byte[] CONTEXT = "shop:products:42".getBytes(UTF_8);

  private final Seal seal = new Seal(List.of(NEW, OLD), "shop");

  /** The accumulated test vectors of the specification begin with these two. */
  @Test
  void theCipherIsTheOneOfTheSpecification() throws Exception {
    byte[] nonce = "ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(UTF_8);
    byte[] text = "XAES-256-GCM".getBytes(UTF_8);

    assertEquals(
        "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
        encrypted((byte) 1, nonce, text, new byte[0]));
    assertEquals(
        "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d",
        encrypted((byte) 3, nonce, text, "c2sp.org/XAES-256-GCM".getBytes(UTF_8)));
  }

  private static String encrypted(byte keyByte, byte[] nonce, byte[] text, byte[] context)
      throws Exception {
    byte[] key = new byte[Xaes256Gcm.KEY_BYTES];
    Arrays.fill(key, keyByte);
    byte[] out = new byte[text.length + Xaes256Gcm.TAG_BYTES];
    new Xaes256Gcm(key).encrypt(text, 0, text.length, nonce, context, out, 0);
    return HexFormat.of().formatHex(out);
  }

  /** Test case 1 of RFC 5869. */
  @Test
  void keysAreDerivedAsTheSpecificationSays() throws Exception {
    byte[] secret = HexFormat.of().parseHex("0b".repeat(22));
    byte[] salt = HexFormat.of().parseHex("000102030405060708090a0b0c");
    byte[] info = HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9");

    assertEquals(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        HexFormat.of().formatHex(new Hkdf(salt, secret).derive(info, 42)));
  }

  @Test
  void whatWasSealedIsOpened() throws Exception {
    for (int length : new int[] {0, 1, 15, 16, 17, 500, 100_000}) {
      byte[] value = new byte[length];
      new Random(length).nextBytes(value);

      assertArrayEquals(value, open(seal, sealed(seal, value), CONTEXT));
    }
  }

  @Test
  void aSealedValueShowsNothingAndIsNeverTheSameTwice() {
    byte[] value = "grace.hopper@example.org ".repeat(20).getBytes(UTF_8);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      byte[] sealed = sealed(seal, value);
      assertFalse(new String(sealed, UTF_8).contains("grace"));
      assertTrue(seen.add(HexFormat.of().formatHex(sealed, 4, sealed.length)));
    }
  }

  @Test
  void everyFlippedBitBreaksTheSeal() {
    byte[] sealed = sealed(seal, "value".getBytes(UTF_8));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertBroken(
          bit < 32 ? BrokenSealException.Kind.UNKNOWN_SECRET : BrokenSealException.Kind.CHANGED,
          seal,
          changed,
          CONTEXT);
    }
  }

  @Test
  void everyTruncationBreaksTheSeal() {
    byte[] sealed = sealed(seal, "value".getBytes(UTF_8));
    for (int length = 0; length < sealed.length; length++) {
      assertBroken(BrokenSealException.Kind.CHANGED, seal, Arrays.copyOf(sealed, length), CONTEXT);
    }
  }

  @Test
  void anotherContextBreaksTheSeal() {
    byte[] sealed = sealed(seal, "value".getBytes(UTF_8));
    for (String other : List.of("", "shop:products:43", "shop:products:4", "shop:products:420")) {
      assertBroken(BrokenSealException.Kind.CHANGED, seal, sealed, other.getBytes(UTF_8));
    }
  }

  @Test
  void whatARetiredSecretHasSealedIsOpened() throws Exception {
    byte[] value = "value".getBytes(UTF_8);
    byte[] before = sealed(new Seal(List.of(OLD), "shop"), value);

    assertArrayEquals(value, open(seal, before, CONTEXT));
  }

  @Test
  void theNewestSecretSeals() throws Exception {
    byte[] value = "value".getBytes(UTF_8);

    assertArrayEquals(value, open(new Seal(List.of(NEW), "shop"), sealed(seal, value), CONTEXT));
    assertBroken(
        BrokenSealException.Kind.UNKNOWN_SECRET,
        new Seal(List.of(OLD), "shop"),
        sealed(seal, value),
        CONTEXT);
  }

  @Test
  void anotherNamespaceWithTheSameSecretHasOtherKeys() {
    assertBroken(
        BrokenSealException.Kind.UNKNOWN_SECRET,
        new Seal(List.of(NEW, OLD), "shop2"),
        sealed(seal, "value".getBytes(UTF_8)),
        CONTEXT);
  }

  @Test
  void digestsDependOnTextNamespaceAndNewestSecret() {
    byte[] text = "shop:users:anna@example.com".getBytes(UTF_8);
    byte[] digest = seal.digest(text);

    assertArrayEquals(digest, new Seal(List.of(NEW), "shop").digest(text));
    assertFalse(Arrays.equals(digest, seal.digest("shop:users:ann".getBytes(UTF_8))));
    assertFalse(Arrays.equals(digest, new Seal(List.of(OLD, NEW), "shop").digest(text)));
    assertFalse(Arrays.equals(digest, new Seal(List.of(NEW), "shop2").digest(text)));
  }

  @Test
  void manyThreadsSealAndOpenAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        byte[] value = ("value " + i).repeat(50).getBytes(UTF_8);
        tasks.add(
            () -> {
              for (int round = 0; round < 200; round++) {
                assertArrayEquals(value, open(seal, sealed(seal, value), CONTEXT));
                assertArrayEquals(seal.digest(value), seal.digest(value.clone()));
              }
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        assertTrue(done.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aSecretIsNeverShown() {
    assertEquals("***", NEW.toString());
    assertEquals(NEW.hashCode(), OLD.hashCode());
    BrokenSealException e =
        assertThrows(
            BrokenSealException.class, () -> open(seal, new byte[Seal.MORE_BYTES], CONTEXT));
    assertEquals("UNKNOWN_SECRET", e.getMessage());
  }

  private static void assertBroken(
      BrokenSealException.Kind kind, Seal with, byte[] sealed, byte[] context) {
    BrokenSealException e =
        assertThrows(BrokenSealException.class, () -> open(with, sealed, context));
    assertEquals(kind, e.kind());
  }

  private static byte[] sealed(Seal with, byte[] value) {
    byte[] out = new byte[value.length + Seal.MORE_BYTES];
    with.seal(value, 0, value.length, CONTEXT, out, 0);
    return out;
  }

  private static byte[] open(Seal with, byte[] sealed, byte[] context) throws BrokenSealException {
    // As it stands in an entry.
    byte[] entry = new byte[sealed.length + 7];
    System.arraycopy(sealed, 0, entry, 3, sealed.length);
    return with.open(entry, 3, 3 + sealed.length, context);
  }

  private static Secret secret(int seed) {
    byte[] bytes = new byte[Secret.MIN_BYTES];
    new Random(seed).nextBytes(bytes);
    return new Secret(bytes);
  }
}
