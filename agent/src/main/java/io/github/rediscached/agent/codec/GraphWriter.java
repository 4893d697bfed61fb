package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import io.github.rediscached.agent.type.Text;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one graph of objects at a time. Serializers call it for children, elements and text. Not
 * thread-safe; belongs to one {@link ValueKryo}.
 */
final class GraphWriter {

  private static final int INITIAL_BUFFER_BYTES = 1024;
  private static final int MAX_KEPT_BUFFER_BYTES = 128 * 1024;
  private static final int MAX_ENTRY_BYTES = 1 << 29;

  final Output out = new Output(INITIAL_BUFFER_BYTES);
  final Opener opener;
  final Progress progress;
  private final ValueKryo kryo;
  private byte[] buffer = out.getBuffer();

  /** Objects that must not be in the graph, by identity. */
  private List<WeakReference<Object>> held = List.of();

  GraphWriter(ValueKryo kryo) {
    this.kryo = kryo;
    this.opener = kryo.codec.opener;
    this.progress = kryo.references.progress;
  }

  /**
   * Writes a whole value.
   *
   * @param registry learns the classes
   * @param heldParts what the value must not hold, see {@link HeldParts}
   * @throws KryoBufferOverflowException if it needs more than {@code maxBytes}
   */
  byte[] writeGraph(
      ClassRegistry registry,
      List<WeakReference<Object>> heldParts,
      int headroom,
      @Nullable Object value,
      long maxBytes) {
    held = heldParts;
    int maxEntryBytes = (int) (headroom + Math.min(maxBytes, MAX_ENTRY_BYTES));
    out.setBuffer(buffer.length <= maxEntryBytes ? buffer : new byte[maxEntryBytes], maxEntryBytes);
    for (int i = 0; i < headroom; i++) {
      out.writeByte(0);
    }
    kryo.classes.begin(registry);
    write(value);
    byte[] bytes = Arrays.copyOf(out.getBuffer(), out.position());
    byte[] grown = out.getBuffer();
    if (grown.length > buffer.length && grown.length <= MAX_KEPT_BUFFER_BYTES) {
      buffer = grown;
    }
    return bytes;
  }

  boolean isHeld(Object object) {
    for (int i = 0; i < held.size(); i++) {
      if (held.get(i).get() == object) {
        return true;
      }
    }
    return false;
  }

  /** Whether the graph has an object already, be it not yet whole. */
  boolean has(Object object) {
    return kryo.references.hasWritten(object);
  }

  /** Whether a class is said to be data, or all its objects can be seen to be so. */
  boolean isData(Object object) {
    return kryo.codec.isData(object);
  }

  /** Writes a child, or the root. */
  void write(@Nullable Object value) {
    kryo.writeClassAndObject(out, value);
  }

  /**
   * Writes a child.
   *
   * @param step how to reach it from the value that holds it, for messages
   */
  void write(@Nullable Object child, String step) {
    try {
      write(child);
    } catch (Refusal e) {
      throw e.within(step);
    }
  }

  /** Writes a value of a class that is known where it is read. */
  void writeContent(Serializer<Object> serializer, Object value) {
    serializer.write(kryo, out, value);
  }

  void writeElements(@Nullable Object[] elements) {
    writeLength(elements.length);
    try {
      for (Object element : elements) {
        write(element);
      }
    } catch (Refusal e) {
      throw e.within("[]");
    }
  }

  /** Writes the elements of a collection, or a map's keys and values in turn. */
  void writeElements(Object collection) {
    int size =
        collection instanceof Collection<?> listed
            ? listed.size()
            : ((Map<?, ?>) collection).size();
    writeLength(size);
    int count = 0;
    try {
      if (collection instanceof Collection<?> listed) {
        for (Object element : listed) {
          count++;
          write(element);
        }
      } else {
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) collection).entrySet()) {
          count++;
          write(entry.getKey());
          write(entry.getValue());
        }
      }
    } catch (Refusal e) {
      throw e.within("[]");
    }
    if (size != count) {
      throw Refusal.of(
          collection.getClass(),
          "which changed while it was read",
          "Do not change a value after the method has returned it.");
    }
  }

  static Refusal tooDeep() {
    return new Refusal(
        "objects nested deeper than "
            + ValueKryo.MAX_DEPTH
            + ", such as a chain of objects that each hold the next one. Hold them in a list.");
  }

  /**
   * Ends a collection that hashes or compares its elements.
   *
   * @param mark {@link Progress#mark} as it was before its elements
   */
  void endKeyed(int mark, Object collection) {
    if (!progress.canHash()) {
      throw Refusal.of(
          collection.getClass(),
          "of which the elements hold each other so often that hashing them takes for ever",
          "Return them in a list.");
    }
    if (progress.mustDefer(mark) && !progress.defer()) {
      throw Refusal.of(
          collection.getClass(),
          "of which an element leads back to an object that holds it and that is immutable",
          "Break the cycle, or return an object that does not hold its holder.");
    }
  }

  /** Writes a class that is itself a value. */
  void writeClassLiteral(Class<?> type) {
    writeText(type.getName());
    kryo.classes.registry().learnLiteral(type);
  }

  /** Writes a number of elements, each of which takes a byte or more. */
  void writeLength(int length) {
    out.writeVarInt(length, true);
    progress.count(length);
  }

  /** Writes text, or null. */
  void writeText(@Nullable String text) {
    Text.write(out, text);
  }
}
