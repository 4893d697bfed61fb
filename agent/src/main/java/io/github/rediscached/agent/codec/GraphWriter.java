package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one graph of objects at a time. Not thread-safe; pooled, and thrown away after a failure.
 *
 * <p>A value is a tag and what its rule writes. The tag is {@link #NULL}, {@link #REFERENCE} with
 * the number of an earlier object, or a class: even numbers for the built-in ones, odd ones for
 * those of this entry in their order. An odd number that is new has name and layout behind it.
 */
final class GraphWriter {

  static final int NULL = 0;
  static final int REFERENCE = 1;
  static final int FIRST_BUILT_IN = 2;
  static final int FIRST_OF_ENTRY = 3;

  /** Deeper values are refused before they overflow a stack, be it the writer's or a reader's. */
  static final int MAX_DEPTH = 256;

  private static final int INITIAL_BUFFER_BYTES = 1024;
  private static final int MAX_KEPT_BUFFER_BYTES = 128 * 1024;
  private static final int MAX_ENTRY_BYTES = 1 << 29;

  /** What this writer remembers of a class. */
  private static final class Slot {
    final KnownClass known;

    /** Number among the classes of the graph in which it was last written, and that graph. */
    int index;

    int graph;

    Slot(KnownClass known) {
      this.known = known;
    }
  }

  private final ValueCodec codec;
  final Output out = new Output(INITIAL_BUFFER_BYTES);
  private byte[] buffer = out.getBuffer();
  private final IdentityIds ids = new IdentityIds();
  private final Progress progress = new Progress();
  private final IdentityHashMap<Class<?>, Slot> slots = new IdentityHashMap<>();
  private @Nullable Slot lastSlot;
  private int graph;
  private int classesInGraph;
  private int depth;
  private @Nullable ClassRegistry registry;

  GraphWriter(ValueCodec codec) {
    this.codec = codec;
  }

  /**
   * Writes a whole value.
   *
   * @param registry learns the classes
   * @throws KryoBufferOverflowException if it needs more than {@code maxBytes}
   */
  byte[] writeGraph(ClassRegistry registry, int headroom, @Nullable Object value, long maxBytes) {
    int maxEntryBytes = (int) (headroom + Math.min(maxBytes, MAX_ENTRY_BYTES));
    out.setBuffer(buffer.length <= maxEntryBytes ? buffer : new byte[maxEntryBytes], maxEntryBytes);
    this.registry = registry;
    skip(headroom);
    write(value);
    byte[] bytes = Arrays.copyOf(out.getBuffer(), out.position());
    reset();
    return bytes;
  }

  private void skip(int headroom) {
    for (int i = 0; i < headroom; i++) {
      out.writeByte(0);
    }
  }

  private void reset() {
    byte[] grown = out.getBuffer();
    if (grown.length > buffer.length && grown.length <= MAX_KEPT_BUFFER_BYTES) {
      buffer = grown;
    }
    registry = null;
    ids.clear();
    progress.clear();
    classesInGraph = 0;
    graph++;
  }

  Opener opener() {
    return codec.opener();
  }

  Progress progress() {
    return progress;
  }

  /** Writes a child, or the root. */
  void write(@Nullable Object value) {
    if (value == null) {
      out.writeByte(NULL);
      return;
    }
    Slot slot = slotOf(value.getClass());
    KnownClass known = slot.known;
    if (known.rule instanceof StandInRule standIn) {
      write(standIn.replace(opener(), value));
      return;
    }
    if (known.rule.identity == Rule.Identity.NONE) {
      writeClass(slot);
      known.rule.write(this, value);
      return;
    }
    int earlierId = ids.findOrAdd(value);
    if (earlierId >= 0) {
      writeReference(earlierId, value);
      return;
    }
    writeClass(slot);
    if (++depth > MAX_DEPTH) {
      throw tooDeep();
    }
    int id = ids.size() - 1;
    progress.begin(id, known.rule.identity);
    known.rule.write(this, value);
    progress.end(id);
    depth--;
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

  void writeElements(Collection<?> collection) {
    int size = collection.size();
    writeLength(size);
    int count = 0;
    try {
      for (Object element : collection) {
        count++;
        write(element);
      }
    } catch (Refusal e) {
      throw e.within("[]");
    }
    requireUnchanged(size, count, collection);
  }

  void writeEntries(Map<?, ?> map) {
    int size = map.size();
    writeLength(size);
    int count = 0;
    try {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        count++;
        write(entry.getKey());
        write(entry.getValue());
      }
    } catch (Refusal e) {
      throw e.within("[]");
    }
    requireUnchanged(size, count, map);
  }

  private static void requireUnchanged(int size, int count, Object collection) {
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
            + MAX_DEPTH
            + ", such as a chain of objects that each hold the next one. Hold them in a list.");
  }

  private void writeReference(int id, Object value) {
    if (!progress.refer(id)) {
      throw Refusal.of(
          value.getClass(),
          "which is part of a cycle of references though it is immutable",
          "Break the cycle, or mark the field that closes it transient.");
    }
    out.writeByte(REFERENCE);
    out.writeVarInt(id, true);
  }

  /**
   * Ends a collection that hashes or compares its elements.
   *
   * @param mark {@link Progress#mark} as it was before its elements
   */
  void endKeyed(int mark, Object collection) {
    if (progress.mustDefer(mark) && !progress.defer()) {
      throw Refusal.of(
          collection.getClass(),
          "of which an element leads back to an object that holds it and that is immutable",
          "Break the cycle, or mark the field that closes it transient.");
    }
  }

  private Slot slotOf(Class<?> type) {
    Slot last = lastSlot;
    if (last != null && last.known.type == type) {
      return last;
    }
    Slot slot = slots.get(type);
    if (slot == null) {
      slot = new Slot(codec.known(type));
      slot.graph = graph - 1;
      slots.put(type, slot);
    }
    lastSlot = slot;
    return slot;
  }

  private void writeClass(Slot slot) {
    KnownClass known = slot.known;
    if (known.builtInIndex >= 0) {
      out.writeVarInt(FIRST_BUILT_IN + 2 * known.builtInIndex, true);
    } else if (slot.graph == graph) {
      out.writeVarInt(FIRST_OF_ENTRY + 2 * slot.index, true);
    } else {
      slot.graph = graph;
      slot.index = classesInGraph++;
      out.writeVarInt(FIRST_OF_ENTRY + 2 * slot.index, true);
      out.writeVarInt(known.name.length, true);
      out.writeBytes(known.name.bytes, known.name.from, known.name.length);
      out.writeLong(known.name.layout);
      if (registry != null) {
        registry.learn(known);
      }
    }
  }

  /** Writes a class that is itself a value. */
  void writeClassLiteral(Class<?> type) {
    writeText(type.getName());
    if (registry != null) {
      registry.learnLiteral(type);
    }
  }

  /** Writes a number of elements, each of which takes a byte or more. */
  void writeLength(int length) {
    out.writeVarInt(length, true);
  }

  /**
   * Writes text, unpaired surrogates and all: {@code 0} for null, else a head and one byte a
   * character, or two if one of them needs it.
   */
  void writeText(@Nullable String text) {
    if (text == null) {
      out.writeByte(0);
      return;
    }
    int length = text.length();
    if (length > out.getMaxCapacity() - out.position()) {
      throw new KryoBufferOverflowException("text");
    }
    if (isLatin1(text)) {
      out.writeVarInt((length << 1) + 1, true);
      writeLatin1(text, length);
    } else {
      out.writeVarInt((length << 1) + 2, true);
      for (int i = 0; i < length; i++) {
        out.writeChar(text.charAt(i));
      }
    }
  }

  private static boolean isLatin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  /** The deprecated method is the only one that copies without an array in between. */
  @SuppressWarnings("deprecation")
  private void writeLatin1(String text, int length) {
    int from = 0;
    while (from < length) {
      if (out.position() == out.getBuffer().length) {
        out.writeByte(text.charAt(from++));
      }
      int count = Math.min(length - from, out.getBuffer().length - out.position());
      text.getBytes(from, from + count, out.getBuffer(), out.position());
      out.setPosition(out.position() + count);
      from += count;
    }
  }
}
