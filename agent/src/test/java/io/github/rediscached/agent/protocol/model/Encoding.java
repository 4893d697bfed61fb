package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.protocol.Envelope;
import io.github.rediscached.agent.protocol.Lease;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The model's small numbers as production's keys and bytes, and back. */
final class Encoding {

  static final ProtocolKeys KEYS = new ProtocolKeys("model");
  static final String TAG_NAME = "tag";
  static final byte[] ENTRY = text("model:items:1");
  static final byte[] LEASE = ProtocolKeys.lease(ENTRY);
  static final byte[] CACHE = KEYS.cacheVersion("items");
  static final byte[] TAG = KEYS.tagVersion(TAG_NAME);
  private static final byte[] OTHER = text("model:items:2");

  /** In the order of {@link Key}. */
  private static final byte[][] OF_STATE = {
    LEASE,
    KEYS.namespaceVersion(),
    CACHE,
    KEYS.patternVersion(),
    TAG,
    KEYS.tagsVersion(),
    KEYS.counter(),
    KEYS.process(),
    ENTRY
  };

  static final byte[][] ALL = with(OF_STATE, ProtocolKeys.lease(OTHER));

  /** As the scripts document them. */
  static final byte[][] READ_KEYS = {ENTRY, KEYS.namespaceVersion(), CACHE};

  static final byte[][] LOAD_KEYS = {
    ENTRY,
    LEASE,
    KEYS.counter(),
    KEYS.tagsVersion(),
    KEYS.patternVersion(),
    KEYS.namespaceVersion(),
    CACHE
  };
  static final byte[] MARK = text("model:~w");
  static final byte[][] CONNECT_KEYS = {
    KEYS.process(), KEYS.namespaceVersion(), KEYS.counter(), MARK
  };
  static final byte[][] OTHERS_KEYS = {OTHER, ProtocolKeys.lease(OTHER), KEYS.counter(), TAG};

  private static final int PER_EPOCH = 100;
  private static final int VERSION = 2 * Long.BYTES;

  private Encoding() {}

  static IdentityHashMap<byte[], byte[]> present(RedisState state) {
    IdentityHashMap<byte[], byte[]> present = new IdentityHashMap<>();
    for (Key key : Key.values()) {
      byte[] value = key == Key.ENTRY ? stored(state.entry()) : value(key, state.get(key));
      if (value != null) {
        present.put(OF_STATE[key.place], value);
      }
    }
    return present;
  }

  private static byte @Nullable [] value(Key key, int value) {
    if (value == 0) {
      return null;
    }
    return switch (key) {
      case LEASE -> token(value);
      case COUNTER -> counter(value);
      case RUN_ID -> process(value);
      default -> version(value);
    };
  }

  static RedisFuture<List<KeyValue<byte[], byte[]>>> read(
      RedisAsyncCommands<byte[], byte[]> redis) {
    return redis.mget(OF_STATE);
  }

  static RedisState state(RedisState before, List<KeyValue<byte[], byte[]>> values) {
    char[] numbers = new char[Key.ENTRY.place];
    Entry entry = null;
    for (Key key : Key.values()) {
      byte[] bytes = values.get(key.place).getValueOrElse(null);
      if (bytes == null) {
        continue;
      }
      switch (key) {
        case ENTRY -> entry = entryIn(bytes);
        case LEASE -> numbers[key.place] = (char) tokenIn(bytes);
        case COUNTER -> numbers[key.place] = (char) counterIn(bytes);
        case RUN_ID -> numbers[key.place] = (char) Integer.parseInt(text(bytes));
        default -> numbers[key.place] = (char) versionIn(bytes);
      }
    }
    int epoch = numbers[Key.COUNTER.place] / PER_EPOCH;
    return new RedisState(
        new String(numbers), entry, Math.max(before.epochs(), epoch), before.process());
  }

  static byte[] version(int version) {
    return ByteBuffer.allocate(VERSION)
        .putLong(version / PER_EPOCH)
        .putLong(version % PER_EPOCH)
        .array();
  }

  static int versionIn(byte[] bytes) {
    ByteBuffer version = ByteBuffer.wrap(bytes);
    return (int) (PER_EPOCH * version.getLong() + version.getLong());
  }

  static byte[] counter(int counter) {
    byte[] number = text(Integer.toString(counter % PER_EPOCH));
    return ByteBuffer.allocate(Long.BYTES + number.length)
        .putLong(counter / PER_EPOCH)
        .put(number)
        .array();
  }

  static int counterIn(byte[] bytes) {
    int number = Integer.parseInt(text(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
    return (int) (PER_EPOCH * ByteBuffer.wrap(bytes).getLong()) + number;
  }

  static byte[] newEpoch(RedisState before) {
    return ByteBuffer.allocate(Long.BYTES).putLong(before.epochs() + 1).array();
  }

  static byte[] token(int token) {
    return ByteBuffer.allocate(Lease.TOKEN_BYTES).putInt(Lease.TOKEN_BYTES - 4, token).array();
  }

  static int tokenIn(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(Lease.TOKEN_BYTES - 4);
  }

  static byte[] process(int process) {
    return text(Integer.toString(process));
  }

  /** The token of an entry that was seen; empty if none was. */
  static byte[] seen(int token) {
    return token == 0
        ? new byte[0]
        : ByteBuffer.allocate(Envelope.TOKEN_BYTES).putLong(token).array();
  }

  static byte[] versions(AcquiredLease lease) {
    return versions(lease.tags(), lease.pattern(), lease.namespace(), lease.scope());
  }

  private static byte[] versions(int... versions) {
    ByteBuffer all = ByteBuffer.allocate(VERSION * versions.length);
    for (int version : versions) {
      all.put(version(version));
    }
    return all.array();
  }

  /** An entry as a load sends it: Redis appends the version of its tag. */
  static byte[] toBeStored(Entry entry) {
    byte[] versions = versions(0, 0, entry.namespace(), entry.scope());
    Envelope envelope =
        new Envelope(
            false,
            1,
            entry.token(),
            0,
            60_000,
            1,
            new Lease(token(entry.token()), true, counter(0), 0, versions).digest(),
            0,
            entry.resultTag() == 0 ? List.of() : List.of(TAG_NAME));
    byte[] bytes = new byte[envelope.bytes() + 3 * Integer.BYTES];
    ByteBuffer.wrap(bytes, envelope.bytes(), 3 * Integer.BYTES)
        .putInt(entry.namespace())
        .putInt(entry.scope())
        .putInt(entry.value());
    envelope.writeTo(bytes, ENTRY);
    return bytes;
  }

  private static byte @Nullable [] stored(@Nullable Entry entry) {
    if (entry == null) {
      return null;
    }
    byte[] bytes = toBeStored(entry);
    return entry.resultTag() == 0
        ? bytes
        : ByteBuffer.allocate(bytes.length + VERSION)
            .put(bytes)
            .put(version(entry.resultTag()))
            .array();
  }

  private static Entry entryIn(byte[] bytes) {
    Envelope envelope = Objects.requireNonNull(Envelope.read(bytes, ENTRY), "no entry");
    ByteBuffer value = ByteBuffer.wrap(bytes, envelope.bytes(), 3 * Integer.BYTES);
    int resultTag = envelope.tags().isEmpty() ? 0 : versionIn(lastVersion(bytes));
    return new Entry(
        (int) envelope.token(), value.getInt(), value.getInt(), resultTag, value.getInt());
  }

  /** Of the entry's only tag. */
  static byte[] lastVersion(byte[] entry) {
    return Arrays.copyOfRange(entry, entry.length - VERSION, entry.length);
  }

  static byte[][] with(byte[][] keys, byte[] another) {
    byte[][] all = Arrays.copyOf(keys, keys.length + 1);
    all[keys.length] = another;
    return all;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
