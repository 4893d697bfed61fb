package io.github.rediscached.agent.key;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * How the instances of a class become canonical bytes. Only writes, and on {@link CanonicalBytes}
 * only. Thread-safe.
 */
abstract class CanonicalSerializer extends Serializer<Object> {

  /**
   * Writes a value, with its tag.
   *
   * @throws Obstacle if the value has no canonical bytes. Methods of the value may throw anything
   *     else
   */
  abstract void write(CanonicalBytes out, Object value);

  @Override
  public final void write(Kryo kryo, Output output, Object value) {
    write((CanonicalBytes) output, value);
  }

  @Override
  public final Object read(Kryo kryo, Input input, Class<? extends Object> type) {
    throw new UnsupportedOperationException();
  }
}
