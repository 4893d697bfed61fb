package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Kryo for values: {@link EntryClasses} names classes with their layout and applies the allow list,
 * {@link References} keeps identities, and {@link Serializers} gives each class its serializer. Not
 * thread-safe; {@link ValueCodec} keeps a pool, since each instance takes some 50 µs to make.
 */
@SuppressWarnings("rawtypes") // Of Kryo's signatures.
final class ValueKryo extends Kryo {

  /** A deeper value is refused, since it could overflow the stack of the writer or of a reader. */
  static final int MAX_DEPTH = 256;

  final ValueCodec codec;
  final EntryClasses classes;
  final References references;
  final GraphWriter writer;
  final GraphReader reader;

  static ValueKryo of(ValueCodec codec) {
    EntryClasses classes = new EntryClasses(codec);
    return new ValueKryo(codec, classes, new References(classes));
  }

  private ValueKryo(ValueCodec codec, EntryClasses classes, References references) {
    super(classes, references);
    this.codec = codec;
    this.classes = classes;
    this.references = references;
    this.writer = new GraphWriter(this);
    this.reader = new GraphReader(this);
    setRegistrationRequired(true);
    // One level more, for what is in the deepest object.
    setMaxDepth(MAX_DEPTH + 1);
  }

  /** Writes what stands in for an object, such as the entity of a proxy, in its place. */
  @Override
  public void writeClassAndObject(Output output, @Nullable Object object) {
    super.writeClassAndObject(output, object == null ? null : insteadOf(object));
  }

  private Object insteadOf(Object object) {
    KnownClass known = classes.known(object.getClass());
    if (known.mayBeHeld && writer.isHeld(object)) {
      throw ApplicationParts.refusal(
          known.type, "which the object or the class of the cached method holds as well");
    }
    if (known.identity != ValueSerializer.Identity.NONE) {
      if (getDepth() >= MAX_DEPTH) {
        throw GraphWriter.tooDeep();
      }
      return object;
    }
    return known.serializer instanceof StandInSerializer standIn
        ? insteadOf(standIn.replace(codec.opener, object))
        : object;
  }

  /**
   * Kryo leaves out the class of an element where its declared class is final, and the fingerprint
   * of its layout with it.
   */
  @Override
  public boolean isFinal(Class type) {
    return false;
  }
}
