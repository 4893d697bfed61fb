package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.key.ProtocolKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Redis keys that one invalidation unlinks, each with the one that invalidates more. */
public final class Invalidation {

  private final ProtocolKeys keys;
  private final List<Item> items = new ArrayList<>();

  /** See {@link PendingInvalidations#add}. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Item(byte[] key, byte @Nullable [] companion, byte[] wider) {}

  Invalidation(ProtocolKeys keys) {
    this.keys = keys;
  }

  /** An entry, and with it whatever is being loaded for it. */
  public Invalidation entry(byte[] entry, byte[] cacheVersion) {
    items.add(new Item(entry, ProtocolKeys.lease(entry), cacheVersion));
    return this;
  }

  /**
   * Everything with a tag.
   *
   * @param tag as {@link ProtocolKeys#tag} gives it
   */
  public Invalidation tag(String tag) {
    items.add(new Item(keys.tagVersion(tag), keys.tagsVersion(), keys.namespaceVersion()));
    return this;
  }

  /** A version, of a cache or of all. */
  public Invalidation version(byte[] version) {
    items.add(new Item(version, null, keys.namespaceVersion()));
    return this;
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** All of them. */
  byte[][] keys() {
    List<byte[]> all = new ArrayList<>(2 * items.size());
    for (Item item : items) {
      all.add(item.key());
      if (item.companion() != null) {
        all.add(item.companion());
      }
    }
    return all.toArray(new byte[0][]);
  }

  void addTo(PendingInvalidations pending) {
    for (Item item : items) {
      pending.add(item.key(), item.companion(), item.wider());
    }
  }
}
