package io.github.rediscached.agent.store;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.CRC16;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the keys of a namespace are spread over a cluster (docs/protocol.md, In a cluster). The
 * agent's other rooms know keys such as {@code shop:products:42}. In a cluster each of them is in
 * one of {@value #COUNT} buckets, and its bucket's tag stands behind the namespace: {@code
 * shop:{7}:products:42}. An entry has one bucket, by its hash, and its lease and variants have the
 * same. Versions are in all buckets. {@link Cluster} asks it. Immutable and thread-safe.
 */
final class Buckets {

  /**
   * All JVMs must have the same number. With more masters than that, some have nothing to do; with
   * more buckets an eviction by tag takes longer. The bits of a number are a set of them.
   */
  static final int COUNT = Long.SIZE;

  /** In place of a bucket: a version, which is in all of them. */
  static final int ALL = -1;

  private static final int SLOTS_OF_BUCKET = SlotHash.SLOT_COUNT / COUNT;

  /** By bucket: the number in its tag. */
  private static final int[] TAGS = tags();

  private final byte[] prefix;
  private final byte[][] prefixes = new byte[COUNT][];

  /**
   * @param namespace what all keys begin with, before a colon
   */
  Buckets(String namespace) {
    this.prefix = bytes(namespace + ":");
    for (int bucket = 0; bucket < COUNT; bucket++) {
      prefixes[bucket] = bytes(namespace + ":{" + TAGS[bucket] + "}:");
    }
  }

  /**
   * The smallest numbers whose slots lie in the equal parts of all slots, one number in each: so
   * masters with as many slots have as many buckets.
   */
  private static int[] tags() {
    int[] tags = new int[COUNT];
    Arrays.fill(tags, -1);
    int left = COUNT;
    for (int number = 0; left > 0; number++) {
      int part = SlotHash.getSlot(Integer.toString(number)) / SLOTS_OF_BUCKET;
      if (tags[part] < 0) {
        tags[part] = number;
        left--;
      }
    }
    return tags;
  }

  /** The slot of a bucket's keys. */
  static int slot(int bucket) {
    return SlotHash.getSlot(Integer.toString(TAGS[bucket]));
  }

  /** A set that has this bucket only. */
  static long bit(int bucket) {
    return 1L << bucket;
  }

  /** The bucket of an entry, a lease or a variant, or {@link #ALL}. */
  int of(byte[] key) {
    if (isVersion(key)) {
      return ALL;
    }
    int end = prefix.length;
    while (end < key.length && !isReservedAt(key, end)) {
      end++;
    }
    return CRC16.crc16(key, prefix.length, end - prefix.length) % COUNT;
  }

  private boolean isVersion(byte[] key) {
    return key.length > prefix.length && key[prefix.length] == '~';
  }

  /** The rest is the lease's or a variant's; or a null, which does no harm. */
  private static boolean isReservedAt(byte[] key, int at) {
    return key[at] == ':' && at + 1 < key.length && key[at + 1] == '~';
  }

  /** A key as it is in Redis. */
  byte[] inRedis(int bucket, byte[] key) {
    return withPrefix(prefixes[bucket], key);
  }

  /** Keys as they are in Redis, all of one bucket. */
  byte[][] inRedis(int bucket, byte[][] keys) {
    byte[][] all = new byte[keys.length][];
    for (int i = 0; i < all.length; i++) {
      all[i] = inRedis(bucket, keys[i]);
    }
    return all;
  }

  /** The bucket of each key. */
  int[] of(byte[][] keys) {
    int[] homes = new int[keys.length];
    for (int i = 0; i < homes.length; i++) {
      homes[i] = of(keys[i]);
    }
    return homes;
  }

  /**
   * Of the keys of an invalidation those that a bucket has, in their order, as they are in Redis.
   *
   * @param homes as {@link #of(byte[][])} says it
   */
  byte[][] in(int bucket, byte[][] keys, int[] homes) {
    List<byte[]> its = new ArrayList<>();
    for (int i = 0; i < homes.length; i++) {
      if (homes[i] == bucket || homes[i] == ALL) {
        its.add(inRedis(bucket, keys[i]));
      }
    }
    return its.toArray(new byte[0][]);
  }

  /** A pattern of keys as it matches them in Redis. */
  byte[] patternInRedis(byte[] pattern) {
    byte[] before = Arrays.copyOf(prefix, prefix.length + 4);
    System.arraycopy(bytes("{*}:"), 0, before, prefix.length, 4);
    return withPrefix(before, pattern);
  }

  private byte[] withPrefix(byte[] longer, byte[] key) {
    byte[] made = Arrays.copyOf(longer, longer.length + key.length - prefix.length);
    System.arraycopy(key, prefix.length, made, longer.length, key.length - prefix.length);
    return made;
  }

  /** The key without its bucket; of what is none of ours, the key itself. */
  byte[] withoutBucket(byte[] inRedis) {
    int at = prefix.length;
    boolean ours =
        inRedis.length > at && inRedis[at] == '{' && Arrays.equals(prefix, 0, at, inRedis, 0, at);
    if (!ours) {
      return inRedis;
    }
    while (at < inRedis.length && inRedis[at] != ':') {
      at++;
    }
    byte[] key = Arrays.copyOf(prefix, prefix.length + Math.max(0, inRedis.length - at - 1));
    System.arraycopy(inRedis, at + 1, key, prefix.length, key.length - prefix.length);
    return key;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
