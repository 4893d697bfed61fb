package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.ImmutableSerializer;
import java.util.function.Function;

/** Types of which a text says all; both functions may throw {@link Refusal}. */
final class TextualSerializer<T> extends ImmutableSerializer<T> {

  private final Function<T, String> toText;
  private final Function<String, T> ofText;

  TextualSerializer(Function<T, String> toText, Function<String, T> ofText) {
    this.toText = toText;
    this.ofText = ofText;
  }

  /** One whose objects can be changed though their text can't. */
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
