package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.ClassResolver;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.type.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kryo's class resolver: names the classes of an entry, and finds them again. Not thread-safe.
 *
 * <p>A class is {@link #NULL}, an even number from {@link #FIRST_BUILT_IN} for the JDK's types, or
 * an odd one from {@link #FIRST_OF_ENTRY} for the application's, in the order in which the entry
 * has them. An odd number that is new has name and layout behind it. So a class that has changed,
 * or is not allowed, is found out before any object of it is made.
 */
@SuppressWarnings("rawtypes") // Of Kryo's signatures.
final class EntryClasses implements ClassResolver {

  static final int NULL = 0;
  static final int FIRST_OF_ENTRY = 1;
  static final int FIRST_BUILT_IN = 2;

  /** A class in the memory of a writer. */
  private static final class Slot {
    final KnownClass known;

    /** Number among the classes of the graph in which it was last written, and that graph. */
    int index;

    int graph;

    Slot(KnownClass known, int graph) {
      this.known = known;
      this.graph = graph;
    }
  }

  private final ValueCodec codec;
  private final IdentityHashMap<Class<?>, Slot> slots = new IdentityHashMap<>();
  private final List<KnownClass> read = new ArrayList<>();
  private final ClassName className = new ClassName();
  private final Set<KnownClass> unverified = new HashSet<>();
  private @Nullable Class<?> lastType;
  private @Nullable Slot lastSlot;
  private @Nullable KnownClass current;
  private @Nullable ClassRegistry registry;
  private int graph;
  private int classesInGraph;

  EntryClasses(ValueCodec codec) {
    this.codec = codec;
  }

  /** Begins a graph of a method's results. */
  void begin(ClassRegistry ofMethod) {
    registry = ofMethod;
    unverified.clear();
  }

  /** The classes of the graph that was written last of which no value was read back yet. */
  Set<KnownClass> unverified() {
    return unverified.isEmpty() ? Set.of() : Set.copyOf(unverified);
  }

  ClassRegistry registry() {
    if (registry == null) {
      throw new IllegalStateException("no graph was begun");
    }
    return registry;
  }

  /** The class that was written or read last, of the object that comes next. */
  KnownClass current() {
    if (current == null) {
      throw new IllegalStateException("no class was written or read");
    }
    return current;
  }

  /**
   * What is known of an object's class.
   *
   * @throws Refusal if its values can't be written
   */
  KnownClass known(Class<?> type) {
    return slotOf(type).known;
  }

  private Slot slotOf(Class<?> type) {
    Slot slot = lastSlot;
    if (slot != null && lastType == type) {
      return slot;
    }
    slot = slots.get(type);
    if (slot == null) {
      slot = new Slot(codec.known(type), graph - 1);
      slots.put(type, slot);
    }
    lastType = type;
    lastSlot = slot;
    return slot;
  }

  @Override
  @SuppressWarnings("NullAway") // As the interface has it: no registration for null.
  public Registration writeClass(Output output, @Nullable Class type) {
    if (type == null) {
      output.writeByte(NULL);
      return null;
    }
    Slot slot = slotOf(type);
    KnownClass known = slot.known;
    current = known;
    if (!known.verified) {
      unverified.add(known);
    }
    if (known.builtInIndex >= 0) {
      output.writeVarInt(FIRST_BUILT_IN + 2 * known.builtInIndex, true);
    } else if (slot.graph == graph) {
      output.writeVarInt(FIRST_OF_ENTRY + 2 * slot.index, true);
    } else {
      slot.graph = graph;
      slot.index = classesInGraph++;
      output.writeVarInt(FIRST_OF_ENTRY + 2 * slot.index, true);
      output.writeVarInt(known.name.length, true);
      output.writeBytes(known.name.bytes, known.name.from, known.name.length);
      output.writeLong(known.name.layout);
      registry().learn(known);
    }
    return known;
  }

  @Override
  @SuppressWarnings("NullAway") // As the interface has it: no registration for null.
  public Registration readClass(Input input) {
    int tag = input.readVarInt(true);
    if (tag == NULL) {
      return null;
    }
    KnownClass known = (tag & 1) == 0 ? builtIn(tag) : ofEntry(input, tag);
    current = known;
    return known;
  }

  private static KnownClass builtIn(int tag) {
    KnownClass known = BuiltIns.at((tag - FIRST_BUILT_IN) >>> 1);
    if (known == null) {
      throw Unreadable.foreign("A built-in class of the entry is unknown here.");
    }
    return known;
  }

  private KnownClass ofEntry(Input input, int tag) {
    int index = (tag - FIRST_OF_ENTRY) >>> 1;
    if (index < read.size()) {
      return read.get(index);
    }
    if (index != read.size()) {
      throw Unreadable.corrupt("A class of the entry was skipped.");
    }
    int length = input.readVarInt(true);
    if (length < 0 || length > input.limit() - input.position()) {
      throw Unreadable.corrupt("A class name is longer than the entry.");
    }
    int nameAt = input.position();
    input.setPosition(nameAt + length);
    className.pointAt(input.getBuffer(), nameAt, input.readLong());
    className.length = length;
    KnownClass known = registry().resolve(className);
    read.add(known);
    return known;
  }

  /** Primitives are asked for once, when Kryo registers its serializers of them. */
  @Override
  public @Nullable Registration getRegistration(Class type) {
    return type.isPrimitive() ? null : known(type);
  }

  /** Ends the graph. */
  @Override
  public void reset() {
    graph++;
    classesInGraph = 0;
    read.clear();
    registry = null;
    current = null;
  }

  @Override
  public void setKryo(Kryo kryo) {}

  /** Kryo registers its own serializers of the primitives; ours are in {@link BuiltIns}. */
  @Override
  public Registration register(Registration registration) {
    return registration;
  }

  @Override
  @SuppressWarnings("NullAway") // As the interface has it.
  public Registration unregister(int classId) {
    return null;
  }

  @Override
  public Registration registerImplicit(Class type) {
    return known(type);
  }

  @Override
  @SuppressWarnings("NullAway") // As the interface has it.
  public Registration getRegistration(int classId) {
    return null;
  }
}
