package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.ImmutableSerializer;
import java.util.function.Function;

/** Types whose text holds all of the value. Both functions may throw a {@link Refusal}. */
final class TextualSerializer<T> extends ImmutableSerializer<T> {

  private final Function<T, String> toText;
  private final Function<String, T> ofText;

  TextualSerializer(Function<T, String> toText, Function<String, T> ofText) {
    this.toText = toText;
    this.ofText = ofText;
  }

  /** For objects that can be changed, so that copies do not share them. */
  TextualSerializer<T> mutable() {
    setImmutable(false);
    return this;
  }

  @Override
  public void write(Kryo kryo, Output out, T value) {
    Text.write(out, toText.apply(value));
  }

  @Override
  public T read(Kryo kryo, Input in, Class<? extends T> type) {
    return ofText.apply(Text.readPresent(in));
  }
}
