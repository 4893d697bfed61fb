package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;

/**
 * A class with its serializer and its name in entries, as a registration of Kryo. Made by {@link
 * Serializers} and {@link BuiltIns}; kept by {@link ValueCodec}.
 */
@SuppressWarnings("rawtypes") // Of Kryo's signatures.
final class KnownClass extends Registration {

  final Class<?> type;
  final Serializer<Object> serializer;
  final ValueSerializer.Identity identity;

  /** Place in the table of {@link BuiltIns}, or -1: then its name and layout are written. */
  final int builtInIndex;

  final ClassName name;

  /** Whether an object of it may be a part of the application, see {@link HeldParts}. */
  final boolean mayBeHeld;

  /**
   * Whether a value of it was the same after it was read back. Those of the JDK count as verified
   * from the beginning.
   */
  volatile boolean verified;

  @SuppressWarnings("unchecked") // Kryo calls a serializer with values of its class only.
  private KnownClass(
      Class<?> type, Serializer<?> serializer, int builtInIndex, long layout, boolean mayBeHeld) {
    super(type, serializer, builtInIndex);
    this.type = type;
    this.serializer = (Serializer<Object>) serializer;
    this.identity =
        serializer instanceof ValueSerializer ours ? ours.identity : ValueSerializer.Identity.NONE;
    this.builtInIndex = builtInIndex;
    this.verified = builtInIndex >= 0;
    this.name = ClassName.of(type.getName(), layout);
    this.mayBeHeld = mayBeHeld;
  }

  static KnownClass builtIn(Class<?> type, Serializer<?> serializer, int index) {
    return new KnownClass(type, serializer, index, 0, false);
  }

  static KnownClass ofApplication(
      Class<?> type, Serializer<?> serializer, long layout, boolean mayBeHeld) {
    return new KnownClass(type, serializer, -1, layout, mayBeHeld);
  }

  /** Ignored: Kryo's constructor sets a serializer of text that trusts announced lengths. */
  @Override
  public void setSerializer(Serializer other) {}

  /** Whether its values are the JDK's and have no children, so that a field may imply the class. */
  boolean isScalar() {
    return builtInIndex >= 0
        && identity == ValueSerializer.Identity.NONE
        && !(serializer instanceof ConstantSerializer);
  }
}
