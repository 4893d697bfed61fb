package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.Envelope;
import io.github.rediscached.agent.codec.UncacheableValueException;
import io.github.rediscached.agent.codec.UnreadableValueException;
import io.github.rediscached.agent.store.RedisStore;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one method: where they are found, whether they are its own, and how they are
 * written.
 *
 * <p>An entry that is whole but not for this method (another method's, or one with another class
 * layout) is <em>foreign</em>: it stays, and this method uses a variant beside it that counts only
 * as long as the foreign entry is there. So two versions of an application don't overwrite each
 * other's entries, and whoever deletes the entry deletes its variants.
 */
final class Entries {

  private final CachedMethod method;
  private final RedisStore store;
  private final byte[] variantSuffix;

  Entries(CachedMethod method, RedisStore store) {
    this.method = method;
    this.store = store;
    this.variantSuffix =
        (":~v" + Long.toHexString(method.ownSchema())).getBytes(StandardCharsets.US_ASCII);
  }

  Lookup find(byte[] key) throws StoreUnavailableException {
    byte[] bytes = store.get(key);
    if (bytes == null) {
      return Lookup.miss(key, 0, false);
    }
    Envelope entry = Envelope.read(bytes, key);
    if (entry == null) {
      return Lookup.miss(key, 0, true);
    }
    if (entry.schema() == method.entrySchema()) {
      try {
        Lookup found = read(entry, bytes);
        if (found != null) {
          return found;
        }
      } catch (UnreadableValueException e) {
        if (e.kind() != UnreadableValueException.Kind.FOREIGN_LAYOUT) {
          return Lookup.miss(key, 0, e.kind() == UnreadableValueException.Kind.CORRUPT);
        }
      }
    }
    return findVariant(key, entry.token());
  }

  private Lookup findVariant(byte[] key, long mainToken) throws StoreUnavailableException {
    byte[] variantKey = new byte[key.length + variantSuffix.length];
    System.arraycopy(key, 0, variantKey, 0, key.length);
    System.arraycopy(variantSuffix, 0, variantKey, key.length, variantSuffix.length);
    byte[] bytes = store.get(variantKey);
    Envelope entry = bytes == null ? null : Envelope.read(bytes, variantKey);
    if (bytes != null
        && entry != null
        && entry.mainToken() == mainToken
        && entry.schema() == method.entrySchema()) {
      try {
        Lookup found = read(entry, bytes);
        if (found != null) {
          return found;
        }
      } catch (UnreadableValueException e) {
        return Lookup.miss(variantKey, mainToken, true);
      }
    }
    return Lookup.miss(variantKey, mainToken, false);
  }

  /** Null if the value is not one of this method's. */
  private @Nullable Lookup read(Envelope entry, byte[] bytes) throws UnreadableValueException {
    Object value = method.values().read(bytes, Envelope.BYTES, bytes.length);
    if (entry.exception()
        ? value != null && method.cachesException(value)
        : method.returns(value)) {
      return Lookup.hit(value, entry.exception(), entry.loadMicros());
    }
    return null;
  }

  /**
   * Sends a result to Redis and returns at once.
   *
   * @param onFailure called if Redis did not take it
   */
  void store(
      Load load,
      @Nullable Object value,
      boolean exception,
      long loadNanos,
      EntryPolicy policy,
      Runnable onFailure)
      throws UncacheableValueException {
    byte[] bytes = method.values().write(Envelope.BYTES, value, policy.maxValueSizeBytes());
    long ttlMillis = policy.ttlMillis(ThreadLocalRandom.current());
    new Envelope(
            exception,
            method.entrySchema(),
            ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
            System.currentTimeMillis(),
            ttlMillis,
            loadNanos / 1_000,
            load.mainToken())
        .writeTo(bytes, load.entryKey());
    store.put(load.entryKey(), bytes, ttlMillis, onFailure);
  }
}
