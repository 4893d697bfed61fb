package io.github.rediscached.benchmarks.near;

import io.github.rediscached.benchmarks.hit.KryoPool;

/**
 * No cache, but what each has to do that gives every caller an object of its own: decode it. The
 * bytes lie in an array, so the figure is that of the decoding alone.
 */
final class DecodedBytes implements NearCache {

  private final KryoPool kryo = KryoPool.registered();
  private final byte[][] entries;

  DecodedBytes(int keys, Source source) {
    entries = new byte[keys][];
    for (int id = 0; id < keys; id++) {
      entries[id] = kryo.write(source.load(id));
    }
  }

  @Override
  public Object find(long id) {
    return kryo.read(entries[(int) id]);
  }

  @Override
  public void close() {}
}
