package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.confidential.Patients;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others can do with what the agent has in Redis, where {@code values.key} is set. */
class SealedEntriesTest {

  private static final TestRedis REDIS = TestRedis.shared();

  private static final String OLD = "dGhlIG9sZCBzZWNyZXQsIDMyIGJ5dGVzIGF0IGxlYXN0IQ==";
  private static final String NEW = "dGhlIG5ldyBzZWNyZXQsIDMyIGJ5dGVzIGF0IGxlYXN0IQ==";

  private static final String ANNA = "anna@example.com";
  private static final String BERT = "bert@example.com";

  private static final int CHECKSUM_AT = 4;
  private static final int SCHEMA_AT = 8;
  private static final int TOKEN_AT = 16;
  private static final int HEADER_BYTES = 52;
  private static final int ID_BYTES = 4;

  private final String namespace = TestRedis.newNamespace();
  private final RedisClient client = RedisClient.create(REDIS.uri());
  private final StatefulRedisConnection<byte[], byte[]> connection =
      client.connect(ByteArrayCodec.INSTANCE);
  private final RedisCommands<byte[], byte[]> redis = connection.sync();

  @AfterEach
  void disconnect() {
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ZERO);
  }

  @Test
  void twoJvmsShareEntriesOfWhichRedisCanReadNothing() {
    try (RunningJvm one = jvm(NEW).setting("keys", "hashed").start();
        RunningJvm other = jvm(NEW).setting("keys", "hashed").start()) {
      for (String question : List.of("find", "treated", "long")) {
        one.ask(question + " " + ANNA);
        awaitHit(other, question + " " + ANNA);
      }

      byte[] all = everythingInRedis();
      for (String word : List.of("anna", "example", "lupus", "house", "patient:", "doctor")) {
        assertFalse(contains(all, word), word);
      }
      assertTrue(contains(all, namespace + ":patients:#"));
    }
  }

  @Test
  void evictionsByTagKeyAndPatternFindHashedNames() {
    try (RunningJvm one = jvm(NEW).setting("keys", "hashed").start();
        RunningJvm other = jvm(NEW).setting("keys", "hashed").start();
        Beans beans = beansOf(other)) {
      for (Runnable eviction :
          List.<Runnable>of(
              () -> other.ask("changed " + ANNA),
              () -> other.ask("moved " + ANNA),
              () -> other.ask("matching " + namespace + ":patients:anna*"),
              () -> beans.invoke(Beans.AGENT, "invalidateTag", "patient:" + ANNA),
              () ->
                  assertEquals(
                      -1L,
                      beans.invoke(
                          Beans.AGENT, "invalidatePattern", namespace + ":patients:anna*")))) {
        awaitHit(one, "find " + ANNA);
        int runs = runs(one.ask("find " + ANNA));
        eviction.run();
        assertEquals(runs + 1, runs(one.ask("find " + ANNA)));
      }
      for (Runnable eviction :
          List.<Runnable>of(
              () -> other.ask("left house@example.org"),
              () -> beans.invoke(Beans.AGENT, "invalidateTag", "doctor:house@example.org"))) {
        awaitHit(one, "treated " + ANNA);
        int runs = runs(one.ask("treated " + ANNA));
        eviction.run();
        assertEquals(runs + 1, runs(one.ask("treated " + ANNA)));
      }
      awaitLog(other, "`key-pattern` evicts the whole cache that it names");
    }
  }

  /** The checksum is made anew each time, as somebody would who knows the format. */
  @Test
  void anyChangeOfAnEntryIsAMissAndNeverAnError() {
    try (RunningJvm one = jvm(NEW).start()) {
      one.ask("find " + ANNA);
      awaitHit(one, "find " + ANNA);
      byte[] key = key("patients:" + ANNA);
      byte[] entry = Objects.requireNonNull(redis.get(key));
      String expected = "lupus of " + ANNA;
      int runs = runs(one.ask("find " + ANNA));
      for (int at = 0; at < entry.length; at++) {
        if (at >= CHECKSUM_AT && at < SCHEMA_AT) {
          continue;
        }
        byte[] changed = entry.clone();
        changed[at] ^= (byte) (1 << at % 8);
        fixChecksum(changed, key);
        redis.set(key, changed);

        String answer = one.ask("find " + ANNA);

        assertEquals(expected, answer.substring(answer.indexOf(' ') + 1), "byte " + at);
        if (at < SCHEMA_AT || at >= TOKEN_AT) {
          // With another schema it is foreign: then a variant beside it is a hit.
          assertEquals(runs + 1, runs(answer), "byte " + at);
          Eventually.eventually(
              "replaced", () -> !Arrays.equals(changed, Objects.requireNonNull(redis.get(key))));
        }
        runs = runs(answer);
      }
      for (int length = 0; length < entry.length; length += 7) {
        byte[] cut = Arrays.copyOf(entry, length);
        if (length >= SCHEMA_AT) {
          fixChecksum(cut, key);
        }
        redis.set(key, cut);
        assertEquals(++runs, runs(one.ask("find " + ANNA)), "length " + length);
        Eventually.eventually(
            "replaced", () -> !Arrays.equals(cut, Objects.requireNonNull(redis.get(key))));
      }
      try (Beans beans = beansOf(one)) {
        assertTrue(beans.count("patients", "Errors") > entry.length / 2);
      }
      String log = String.join("\n", one.soFar().err());
      assertFalse(log.contains("Exception"), log);
      assertTrue(log.contains("its seal is broken"), log);
    }
  }

  @Test
  void exchangedEntriesAreMisses() {
    try (RunningJvm one = jvm(NEW).start()) {
      for (String email : List.of(ANNA, BERT)) {
        one.ask("find " + email);
        awaitHit(one, "find " + email);
      }
      byte[] anna = key("patients:" + ANNA);
      byte[] bert = key("patients:" + BERT);
      byte[] ofAnna = Objects.requireNonNull(redis.get(anna));
      byte[] ofBert = Objects.requireNonNull(redis.get(bert));
      fixChecksum(ofAnna, bert);
      fixChecksum(ofBert, anna);
      redis.set(anna, ofBert);
      redis.set(bert, ofAnna);
      int runs = runs(one.ask("left nobody"));

      assertEquals(runs + 1 + " lupus of " + ANNA, one.ask("find " + ANNA));
      assertEquals(runs + 2 + " lupus of " + BERT, one.ask("find " + BERT));
    }
  }

  /** Whoever has an old entry may not give it the head of the present one, which is good. */
  @Test
  void anOldValueUnderTheHeadOfTheNewEntryIsAMiss() {
    try (RunningJvm one = jvm(NEW).start()) {
      one.ask("find " + ANNA);
      awaitHit(one, "find " + ANNA);
      byte[] key = key("patients:" + ANNA);
      byte[] old = Objects.requireNonNull(redis.get(key));
      one.ask("changed " + ANNA);
      awaitHit(one, "find " + ANNA);
      byte[] present = Objects.requireNonNull(redis.get(key));
      assertFalse(Arrays.equals(old, present));
      System.arraycopy(present, 0, old, 0, HEADER_BYTES);
      fixChecksum(old, key);
      redis.set(key, old);

      int runs = runs(one.ask("left nobody"));
      assertEquals(runs + 1, runs(one.ask("find " + ANNA)));
    }
  }

  @Test
  void aReadUnderARetiredSecretIsAHitAndAnUnknownSecretIsAMissThatIsCounted() {
    byte[] key = key("patients:" + ANNA);
    try (RunningJvm before = jvm(OLD).start();
        RunningJvm rotated = jvm(NEW + "," + OLD).start();
        RunningJvm after = jvm(NEW).start()) {
      before.ask("find " + ANNA);
      awaitHit(before, "find " + ANNA);
      byte[] entry = Objects.requireNonNull(redis.get(key));

      assertEquals("0 lupus of " + ANNA, rotated.ask("find " + ANNA));
      assertArrayEquals(entry, redis.get(key));

      assertEquals("1 lupus of " + ANNA, after.ask("find " + ANNA));
      Eventually.eventually(
          "stored with the new secret", () -> !Arrays.equals(idOf(entry), idOf(redis.get(key))));
      assertEquals("0 lupus of " + ANNA, rotated.ask("find " + ANNA));
      try (Beans beans = beansOf(after)) {
        assertEquals(1, beans.count("patients", "Errors"));
      }
      awaitLog(after, "it is sealed with a secret that `values.key` has not here");
    }
  }

  private static byte[] idOf(byte[] entry) {
    return Arrays.copyOfRange(entry, HEADER_BYTES, HEADER_BYTES + ID_BYTES);
  }

  @Test
  void plainEntriesAndSealedOnesAreMissesForEachOther() {
    byte[] key = key("patients:" + ANNA);
    try (RunningJvm plain = jvm(null).start();
        RunningJvm sealed = jvm(NEW).start()) {
      plain.ask("find " + ANNA);
      awaitHit(plain, "find " + ANNA);
      assertTrue(contains(Objects.requireNonNull(redis.get(key)), "lupus"));

      assertEquals("1 lupus of " + ANNA, sealed.ask("find " + ANNA));
      Eventually.eventually(
          "sealed", () -> !contains(Objects.requireNonNull(redis.get(key)), "lupus"));
      int runs = runs(plain.ask("left nobody"));
      assertEquals(runs + 1, runs(plain.ask("find " + ANNA)));

      awaitLog(plain, "it is sealed, and `values.key` is not set here");
      awaitLog(sealed, "it is not sealed, and `values.key` is set here");
    }
  }

  @Test
  void aLargeValueIsCompressedBeforeItIsSealed() {
    byte[] key = key("histories:" + ANNA);
    try (RunningJvm plain = jvm(null).setting("defaults.compress-over", "off").start();
        RunningJvm compressing = jvm(null).setting("defaults.compress-over", "100").start();
        RunningJvm both = jvm(NEW).setting("defaults.compress-over", "100").start()) {
      assertTrue(plain.ask("long " + ANNA).endsWith(" 200"));
      awaitHit(plain, "long " + ANNA);
      int length = Objects.requireNonNull(redis.get(key)).length;
      assertTrue(length > 2_000, length + " bytes");

      // What is not compressed is read as well, and the other way about.
      assertEquals("0 200", compressing.ask("long " + ANNA));
      compressing.ask("changed nobody");
      redis.del(key);
      awaitHit(compressing, "long " + ANNA);
      int compressed = Objects.requireNonNull(redis.get(key)).length;
      assertTrue(compressed < length / 4, compressed + " bytes of " + length);
      int runs = runs(plain.ask("left nobody"));
      assertEquals(runs + " 200", plain.ask("long " + ANNA));

      assertEquals("1 200", both.ask("long " + ANNA));
      awaitHit(both, "long " + ANNA);
      int sealed = Objects.requireNonNull(redis.get(key)).length;
      assertTrue(Math.abs(sealed - compressed - 44) < 40, sealed + " bytes");
    }
  }

  @Test
  void whatExpandsToMoreThanItsHeaderSaysIsAMissInLittleMemory() {
    byte[] key = key("histories:" + ANNA);
    try (RunningJvm one =
        jvm(null).setting("defaults.compress-over", "100").option("-Xmx48m").start()) {
      one.ask("long " + ANNA);
      awaitHit(one, "long " + ANNA);
      byte[] entry = Objects.requireNonNull(redis.get(key));
      byte[] bomb = deflated(200_000_000);
      for (int claimed : new int[] {1, 1_000, 1 << 20, 100_000_000, Integer.MAX_VALUE, 0, -1}) {
        byte[] evil =
            ByteBuffer.allocate(HEADER_BYTES + Integer.BYTES + bomb.length)
                .put(entry, 0, HEADER_BYTES)
                .putInt(claimed)
                .put(bomb)
                .array();
        fixChecksum(evil, key);
        redis.set(key, evil);
        int runs = runs(one.ask("left nobody"));

        assertEquals(runs + 1 + " 200", one.ask("long " + ANNA), "claims " + claimed);

        Eventually.eventually(
            "replaced", () -> !Arrays.equals(evil, Objects.requireNonNull(redis.get(key))));
      }
      String log = String.join("\n", one.soFar().err());
      assertFalse(log.contains("OutOfMemory"), log);
    }
  }

  @Test
  void theNearCacheHoldsWhatTheMethodReturned() {
    try (RunningJvm one =
        jvm(NEW)
            .setting("near.enabled", "true")
            .setting("keys", "hashed")
            .setting("defaults.compress-over", "100")
            .start()) {
      for (String question : List.of("find ", "treated ", "long ")) {
        String cache =
            question.equals("find ")
                ? "patients"
                : question.equals("long ") ? "histories" : "treated";
        one.ask(question + ANNA);
        Beans.awaitNearHit(one, cache, question + ANNA);
        String answer = one.ask(question + ANNA);
        assertTrue(answer.endsWith("lupus of " + ANNA) || answer.endsWith(" 200"), answer);
      }
      int runs = runs(one.ask("left house@example.org"));
      assertEquals(runs + 1, runs(one.ask("treated " + ANNA)));
    }
  }

  @Test
  void nobodyTellsTheSecret() {
    try (RunningJvm one =
            Jvm.of(Patients.class)
                .on(REDIS)
                .setting("namespace", namespace)
                .environment("REDISCACHED_VALUES_KEY", NEW + "," + OLD)
                .start();
        Beans beans = beansOf(one)) {
      one.ask("find " + ANNA);
      List<String> said = new ArrayList<>(one.soFar().err());
      said.addAll(one.soFar().out());
      for (String bean : List.of(Beans.AGENT, Beans.REDIS, Beans.cache("patients"))) {
        for (var attribute : beans.info(bean).getAttributes()) {
          Object value = beans.get(bean, attribute.getName());
          said.add(value instanceof String[] texts ? Arrays.toString(texts) : "" + value);
        }
      }
      assertFalse(said.toString().contains(NEW.substring(0, 10)), said.toString());
      assertFalse(said.toString().contains(OLD.substring(0, 10)), said.toString());
    }
    Outcome refused =
        Jvm.of(Patients.class)
            .on(REDIS)
            .environment("REDISCACHED_VALUES_KEY", NEW + ",hunter2")
            .run();
    String log = String.join("\n", refused.err());
    assertTrue(log.contains("`REDISCACHED_VALUES_KEY` has a secret (no. 2 of 2, not shown"), log);
    assertFalse(log.contains("hunter2") || log.contains(NEW.substring(0, 10)), log);
  }

  /** One is the begin of the other, and both have the same methods, arguments and tags. */
  @Test
  void twoNamespacesOnOneRedisNeverMeet() {
    for (boolean sealed : new boolean[] {false, true}) {
      String first = namespace + sealed;
      String second = first + "-eu";
      try (RunningJvm one = in(first, sealed, " here");
          RunningJvm other = in(second, sealed, " there");
          Beans beans = beansOf(one)) {
        for (String question : List.of("find ", "treated ")) {
          awaitHit(one, question + ANNA);
          awaitHit(other, question + ANNA);
          assertTrue(one.ask(question + ANNA).endsWith("lupus of " + ANNA + " here"));
          assertTrue(other.ask(question + ANNA).endsWith("lupus of " + ANNA + " there"));
        }
        int runs = runs(other.ask("find " + ANNA));
        one.ask("changed " + ANNA);
        one.ask("left house@example.org");
        one.ask("moved " + ANNA);
        one.ask("matching " + first + ":*");
        one.ask("matching " + first + "*");
        one.ask("matching *");
        beans.invoke(Beans.AGENT, "invalidateTag", "patient:" + ANNA);
        beans.invoke(Beans.cache("patients"), "clear");
        beans.invoke(Beans.AGENT, "clearAll");
        assertEquals(runs, runs(other.ask("find " + ANNA)));
        assertEquals(runs, runs(other.ask("treated " + ANNA)));

        // Not even where somebody copies the entries of one to the keys of the other.
        awaitHit(one, "find " + ANNA);
        byte[] ofOther = Objects.requireNonNull(redis.get(bytes(second + ":patients:" + ANNA)));
        byte[] key = bytes(first + ":patients:" + ANNA);
        fixChecksum(ofOther, key);
        redis.set(key, ofOther);
        if (sealed) {
          assertTrue(one.ask("find " + ANNA).endsWith(" here"));
        }
        for (String each : REDIS.commands().keys(first + "*")) {
          assertTrue(each.startsWith(first + ":") || each.startsWith(second + ":"), each);
        }
      }
    }
  }

  private static RunningJvm in(String its, boolean sealed, String place) {
    Jvm jvm = Jvm.of(Patients.class, REDIS, place).setting("namespace", its);
    return (sealed ? jvm.setting("values.key", NEW) : jvm).setting("near.enabled", "false").start();
  }

  /** In this test's namespace, without near cache. */
  private Jvm jvm(@Nullable String secrets) {
    Jvm jvm =
        Jvm.of(Patients.class, REDIS)
            .setting("namespace", namespace)
            .setting("near.enabled", "false");
    return secrets == null ? jvm : jvm.environment("REDISCACHED_VALUES_KEY", secrets);
  }

  /** When its application runs. */
  private static Beans beansOf(RunningJvm jvm) {
    jvm.ask("left nobody");
    return Beans.of(jvm);
  }

  private static void awaitLog(RunningJvm jvm, String text) {
    Eventually.eventually(
        text, () -> jvm.soFar().err().stream().anyMatch(line -> line.contains(text)));
  }

  private static void awaitHit(RunningJvm jvm, String question) {
    Eventually.eventually(
        "a hit",
        () -> {
          int before = runs(jvm.ask(question));
          return before == runs(jvm.ask(question));
        });
  }

  private static int runs(String answer) {
    return Integer.parseInt(answer.substring(0, answer.indexOf(' ')));
  }

  private byte[] key(String rest) {
    return bytes(namespace + ":" + rest);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] everythingInRedis() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<byte[]> keys = redis.keys(namespace + "*");
    assertNotEquals(0, keys.size());
    for (byte[] key : keys) {
      all.writeBytes(key);
      byte[] value = redis.get(key);
      if (value != null) {
        all.writeBytes(value);
      }
    }
    return all.toByteArray();
  }

  private static boolean contains(byte[] bytes, String word) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(word);
  }

  private static byte[] deflated(int zeros) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      byte[] out = new byte[zeros / 500];
      byte[] chunk = new byte[1 << 20];
      int size = 0;
      for (int done = 0; done < zeros; done += chunk.length) {
        deflater.setInput(chunk);
        size += deflater.deflate(out, size, out.length - size);
      }
      deflater.finish();
      size += deflater.deflate(out, size, out.length - size);
      return Arrays.copyOf(out, size);
    } finally {
      deflater.end();
    }
  }

  /** As {@code Envelope} makes it, of an entry that names no tags. */
  private static void fixChecksum(byte[] entry, byte[] key) {
    CRC32C checksum = new CRC32C();
    checksum.update(key);
    checksum.update(entry, 0, CHECKSUM_AT);
    checksum.update(entry, SCHEMA_AT, entry.length - SCHEMA_AT);
    ByteBuffer.wrap(entry).putInt(CHECKSUM_AT, (int) checksum.getValue());
  }
}
