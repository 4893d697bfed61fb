package io.github.rediscached.agent.call;

import io.github.rediscached.agent.plan.StoredForm;
import io.github.rediscached.agent.protocol.Envelope;
import io.github.rediscached.agent.seal.BrokenSealException;
import io.github.rediscached.agent.seal.Compression;
import io.github.rediscached.agent.seal.Seal;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of values as they stand in entries: as the codec has written them, or compressed, or
 * sealed, or both in this order. {@link Entries} packs what it writes and unpacks what it has
 * found; everything else knows only the bytes of the codec. Thread-safe.
 */
final class Packing {

  private final @Nullable Seal seal;
  private final long compressOverBytes;
  private final long maxValueBytes;
  private final Compression compression = new Compression();

  /**
   * @param seal null if values are not sealed
   * @param maxValueBytes no value is expanded to more
   */
  Packing(StoredForm form, @Nullable Seal seal, long maxValueBytes) {
    this.seal = seal;
    this.compressOverBytes = form.compressOverBytes();
    this.maxValueBytes = maxValueBytes;
  }

  /**
   * The bytes of a value as the codec has written them.
   *
   * @param from where they begin in the array
   * @param to where they end
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  record Value(byte[] bytes, int from, int to) {}

  /**
   * An entry.
   *
   * @param envelope of the value as the codec has written it
   * @param written room for this envelope, and the value; not used any more
   * @param key under which the entry will be stored
   */
  byte[] entry(Envelope envelope, byte[] written, byte[] key) {
    int from = envelope.bytes();
    int length = written.length - from;
    byte[] compressed =
        compressOverBytes > 0 && length > compressOverBytes
            ? compression.compressed(written, from, written.length)
            : null;
    if (compressed == null && seal == null) {
      envelope.writeTo(written, key);
      return written;
    }
    return compressed == null
        ? entry(envelope.packed(0, true), new Value(written, from, written.length), key)
        : entry(
            envelope.packed(length, seal != null),
            new Value(compressed, 0, compressed.length),
            key);
  }

  private byte[] entry(Envelope packed, Value value, byte[] key) {
    int at = packed.bytes();
    int length = value.to() - value.from();
    byte[] entry = new byte[at + length + (seal == null ? 0 : Seal.MORE_BYTES)];
    packed.writeHeader(entry);
    if (seal == null) {
      System.arraycopy(value.bytes(), value.from(), entry, at, length);
    } else {
      byte[] binding = Envelope.bindingOf(entry, at, key);
      seal.seal(value.bytes(), value.from(), value.to(), binding, entry, at);
    }
    Envelope.writeChecksum(entry, key);
    return entry;
  }

  /**
   * The value of an entry.
   *
   * @param key under which it was found
   * @throws PackedOtherwiseException if it is sealed otherwise than here, or damaged, or too large
   */
  Value value(Envelope envelope, byte[] entry, byte[] key) throws PackedOtherwiseException {
    Value packed = new Value(entry, envelope.bytes(), envelope.valueEnd(entry.length));
    Value value = opened(envelope, packed, key);
    int length = envelope.expandedBytes();
    if (length == 0) {
      return value;
    }
    if (length > maxValueBytes) {
      throw new PackedOtherwiseException(
          "it is compressed, and larger than `defaults.max-value-size` ("
              + maxValueBytes
              + " bytes) here. Give all JVMs of the namespace the same `defaults.max-value-size`.");
    }
    byte[] expanded = compression.expanded(value.bytes(), value.from(), value.to(), length);
    if (expanded == null) {
      throw new PackedOtherwiseException(
          "it is damaged: what is compressed in it has not the length that its header says.");
    }
    return new Value(expanded, 0, length);
  }

  private Value opened(Envelope envelope, Value packed, byte[] key)
      throws PackedOtherwiseException {
    if (seal == null) {
      if (envelope.sealed()) {
        throw new PackedOtherwiseException(
            "it is sealed, and `values.key` is not set here. Give all JVMs of the namespace the"
                + " same `values.key`.");
      }
      return packed;
    }
    if (!envelope.sealed()) {
      throw new PackedOtherwiseException(
          "it is not sealed, and `values.key` is set here. Give all JVMs of the namespace the same"
              + " `values.key`.");
    }
    try {
      byte[] binding = Envelope.bindingOf(packed.bytes(), packed.from(), key);
      byte[] plain = seal.open(packed.bytes(), packed.from(), packed.to(), binding);
      return new Value(plain, 0, plain.length);
    } catch (BrokenSealException e) {
      throw new PackedOtherwiseException(
          e.kind() == BrokenSealException.Kind.UNKNOWN_SECRET
              ? "it is sealed with a secret that `values.key` has not here. Give all JVMs of the"
                  + " namespace the same `values.key`; a new secret is added at its end first, on"
                  + " all of them."
              : "its seal is broken: it was changed, or copied from another entry. Look for who"
                  + " else writes to Redis.");
    }
  }
}
