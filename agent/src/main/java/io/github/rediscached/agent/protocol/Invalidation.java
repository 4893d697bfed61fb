package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.key.ProtocolKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Redis keys that one invalidation unlinks, each with the one that invalidates more. */
public final class Invalidation {

  /** Redis takes some 0.3 ms for so many keys, and serves others between two batches. */
  private static final int BATCH = 1_000;

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
   * @param tag as it was written, or as {@link ProtocolKeys#tag(String)} gives it
   */
  public Invalidation tag(String tag) {
    items.add(new Item(keys.versionOfTag(tag), keys.tagsVersion(), keys.namespaceVersion()));
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

  /**
   * All of them, each batch for one command. No item is torn from its companion, which several of a
   * batch may share and which stands before them: where they can't be unlinked at once, the
   * companion goes first (docs/protocol.md, In a cluster).
   */
  List<byte[][]> batches() {
    List<byte[][]> batches = new ArrayList<>();
    for (int from = 0; from < items.size(); from += BATCH) {
      batches.add(keys(items.subList(from, Math.min(items.size(), from + BATCH))));
    }
    return batches;
  }

  private static byte[][] keys(List<Item> items) {
    List<byte[]> keys = new ArrayList<>(2 * items.size());
    Set<byte[]> companions = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Item item : items) {
      byte[] companion = item.companion();
      if (companion != null && companions.add(companion)) {
        keys.add(companion);
      }
      keys.add(item.key());
    }
    return keys.toArray(new byte[0][]);
  }

  void addTo(PendingInvalidations pending, long buckets) {
    for (Item item : items) {
      pending.add(item.key(), item.companion(), item.wider(), buckets);
    }
  }
}
