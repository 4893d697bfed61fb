package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.type.Refusal;

/**
 * Writes, reads, compares and copies the values of one kind. It takes the place of Kryo's own
 * serializer where that would give another value, or would allocate as much memory as bytes
 * announce. Called by Kryo, by {@link Comparison} and by {@link GraphCopier}. Immutable, so all
 * threads share it.
 */
abstract class ValueSerializer extends Serializer<Object> {

  /** How a value is treated that a graph refers to more than once. */
  enum Identity {
    /** Written again each time; for values without children whose identity does not matter. */
    NONE,
    /** Written once. When read it exists before its children, so these may refer back to it. */
    EARLY,
    /** Written once. It is built from its children, so these can't refer back to it. */
    LATE
  }

  final Identity identity;

  ValueSerializer(Identity identity) {
    this.identity = identity;
  }

  @Override
  public final void write(Kryo kryo, Output output, Object value) {
    ValueKryo values = (ValueKryo) kryo;
    if (identity == Identity.NONE) {
      write(values.writer, value);
      return;
    }
    int id = values.references.begin(identity);
    write(values.writer, value);
    values.references.progress.end(id, hashesParts());
  }

  @Override
  public final Object read(Kryo kryo, Input input, Class<?> type) {
    ValueKryo values = (ValueKryo) kryo;
    if (identity == Identity.NONE) {
      return read(values.reader, type);
    }
    int id = values.references.begin(identity);
    Object value = read(values.reader, type);
    values.references.progress.end(id, hashesParts());
    return value;
  }

  /**
   * Writes what the class alone does not say.
   *
   * @throws Refusal if the value can't be written
   */
  abstract void write(GraphWriter writer, Object value);

  /**
   * Reads what {@link #write} wrote. A serializer with early identity calls {@link
   * GraphReader#place} before it reads children.
   *
   * @param type the class that was written, or for a built-in one the class that stands for it
   */
  abstract Object read(GraphReader reader, Class<?> type);

  /** Whether the hash code of such an object is made of those of all that it holds. */
  boolean hashesParts() {
    return false;
  }

  /** Whether objects of one class of the application may come back as objects of another one. */
  boolean comesBackAs(Class<?> written, Class<?> read) {
    return written == read;
  }

  /**
   * Whether what was read is the same value as what was written, to find out where this serializer
   * is wrong for a class. Neither is changed. Of the application only {@code equals}, {@code
   * hashCode} and iterators are called; these may throw.
   *
   * @param written is not {@code read}, which is of a class that it may come back as
   */
  boolean isSame(Comparison comparison, Object written, Object read) {
    return comparison.sameByEquals(written, read);
  }

  /**
   * Copies a value that was read, such that the copy is like one that is read again. Does not
   * change the value, which several threads copy at once, and runs no code of the application that
   * reading does not run.
   *
   * @return the value itself if neither it nor anything in it can be changed
   * @throws NotCopyable if that can't be done, or only in the time that reading takes
   */
  Object copy(GraphCopier copier, Object value) {
    throw new NotCopyable();
  }
}
