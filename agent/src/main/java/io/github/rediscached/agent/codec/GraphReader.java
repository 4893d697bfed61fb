package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.io.Input;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link GraphWriter} wrote; the bytes are not trusted. Not thread-safe; pooled, and
 * thrown away after a failure.
 */
final class GraphReader {

  private static final int INITIAL_OBJECTS = 64;
  private static final int MAX_KEPT_OBJECTS = 4096;

  /** A hash or sorted collection that is filled when the whole graph is there. */
  private static final class Deferred {
    final KeyedRule rule;
    final Object collection;
    final @Nullable Object[] elements;

    Deferred(KeyedRule rule, Object collection, @Nullable Object[] elements) {
      this.rule = rule;
      this.collection = collection;
      this.elements = elements;
    }
  }

  private final ValueCodec codec;
  final Input in = new Input(new byte[0]);
  private final List<KnownClass> classes = new ArrayList<>();
  private final Progress progress = new Progress();
  private final List<Deferred> deferred = new ArrayList<>();
  private final ClassName className = new ClassName();
  private @Nullable Object[] objects = new @Nullable Object[INITIAL_OBJECTS];
  private int objectCount;

  /** Number of the object that is being read and not yet placed. */
  private int placingId;

  private int depth;

  /** Elements that may still be announced: there can't be more than bytes, all in all. */
  private int elementBudget;

  private @Nullable ClassRegistry registry;

  /** Gathers what is referred to once more, if that matters. */
  private @Nullable Set<Object> referred;

  GraphReader(ValueCodec codec) {
    this.codec = codec;
  }

  /**
   * Reads a whole value.
   *
   * @param registry says which classes may be read
   * @throws Unreadable if the bytes are not what a writer writes here; anything else may be thrown
   *     as well where they are damaged
   */
  @Nullable Object readGraph(ClassRegistry registry, byte[] bytes, int from, int to) {
    Object value = readWhole(registry, bytes, from, to);
    reset();
    return value;
  }

  /** Reads a whole value for others to be copied from it; null if that can't be done. */
  @Nullable Master readMaster(ClassRegistry registry, byte[] bytes, int from, int to) {
    Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
    referred = found;
    Object value = readWhole(registry, bytes, from, to);
    referred = null;
    reset();
    // Each object has its byte, so a copier that meets more goes in circles, or nearly so.
    return value == null ? null : Master.of(codec, value, found, to - from);
  }

  private @Nullable Object readWhole(ClassRegistry registry, byte[] bytes, int from, int to) {
    in.setBuffer(bytes, from, to - from);
    elementBudget = to - from;
    this.registry = registry;
    Object value = read();
    if (in.position() != to) {
      throw Unreadable.corrupt("Bytes are left behind the value.");
    }
    fillDeferred();
    return value;
  }

  /** One may hash what is in another, so each is filled again until all find their elements. */
  private void fillDeferred() {
    for (Deferred waiting : deferred) {
      waiting.rule.fill(waiting.collection, waiting.elements);
    }
    boolean whole = deferred.isEmpty();
    for (int round = 0; !whole; round++) {
      if (round > deferred.size()) {
        throw Unreadable.corrupt("Collections that hold each other do not find their elements.");
      }
      whole = true;
      for (Deferred waiting : deferred) {
        if (!waiting.rule.isWhole(waiting.collection, waiting.elements)) {
          whole = false;
          waiting.rule.clear(waiting.collection);
          waiting.rule.fill(waiting.collection, waiting.elements);
        }
      }
    }
  }

  private void reset() {
    in.setBuffer(new byte[0]);
    classes.clear();
    progress.clear();
    deferred.clear();
    if (objects.length > MAX_KEPT_OBJECTS) {
      objects = new @Nullable Object[INITIAL_OBJECTS];
    } else {
      Arrays.fill(objects, 0, objectCount, null);
    }
    objectCount = 0;
    registry = null;
  }

  Opener opener() {
    return codec.opener();
  }

  Progress progress() {
    return progress;
  }

  /** Reads a child, or the root. */
  @Nullable Object read() {
    int tag = in.readVarInt(true);
    if (tag == GraphWriter.NULL) {
      return null;
    }
    if (tag == GraphWriter.REFERENCE) {
      return readReference();
    }
    KnownClass known = (tag & 1) == 0 ? builtIn(tag) : ofEntry(tag);
    Rule rule = known.rule;
    if (rule.identity == Rule.Identity.NONE) {
      return rule.read(this, known.type);
    }
    if (++depth > GraphWriter.MAX_DEPTH) {
      throw Unreadable.corrupt("Objects are nested deeper than a writer allows.");
    }
    int id = objectCount++;
    if (id == objects.length) {
      objects = Arrays.copyOf(objects, id * 2);
    }
    progress.begin(id, rule.identity);
    placingId = id;
    Object value = rule.read(this, known.type);
    objects[id] = value;
    progress.end(id);
    depth--;
    return value;
  }

  /** Reads a child that a writer never leaves out. */
  Object readPresent() {
    Object value = read();
    if (value == null) {
      throw Unreadable.corrupt("A part that is always there is missing.");
    }
    return value;
  }

  /** Makes an object known to its children; to be called before any of them is read. */
  void place(Object object) {
    objects[placingId] = object;
  }

  /** Number of the object that a rule was just asked for, for {@link #place(int, Object)}. */
  int placing() {
    return placingId;
  }

  /** Makes an object known to the children that are still to be read. */
  void place(int id, Object object) {
    objects[id] = object;
  }

  private Object readReference() {
    int id = in.readVarInt(true);
    Object object = id >= 0 && id < objectCount ? objects[id] : null;
    if (object == null || !progress.refer(id)) {
      throw Unreadable.corrupt("A reference leads nowhere.");
    }
    if (referred != null) {
      referred.add(object);
    }
    return object;
  }

  private static KnownClass builtIn(int tag) {
    KnownClass known = BuiltIns.at((tag - GraphWriter.FIRST_BUILT_IN) >>> 1);
    if (known == null) {
      throw Unreadable.foreign("A built-in class of the entry is unknown here.");
    }
    return known;
  }

  private KnownClass ofEntry(int tag) {
    int index = (tag - GraphWriter.FIRST_OF_ENTRY) >>> 1;
    if (index < classes.size()) {
      return classes.get(index);
    }
    if (index != classes.size() || registry == null) {
      throw Unreadable.corrupt("A class of the entry was skipped.");
    }
    int length = in.readVarInt(true);
    if (length < 0 || length > in.limit() - in.position()) {
      throw Unreadable.corrupt("A class name is longer than the entry.");
    }
    int nameAt = in.position();
    in.setPosition(nameAt + length);
    className.pointAt(in.getBuffer(), nameAt, in.readLong());
    className.length = length;
    KnownClass known = registry.resolve(className);
    classes.add(known);
    return known;
  }

  /** Says whether a value of this method may refer to a class, and loads it. */
  Class<?> readClassLiteral() {
    String name = readPresentText();
    if (registry == null) {
      throw new IllegalStateException();
    }
    return registry.literal(name);
  }

  /** Reads a number of elements; in all there are never more than the entry has bytes. */
  int readLength() {
    int length = in.readVarInt(true);
    elementBudget -= length;
    if (length < 0 || elementBudget < 0) {
      throw Unreadable.corrupt("A length is greater than the entry.");
    }
    return length;
  }

  @Nullable Object[] readElements(int length) {
    @Nullable Object[] elements = new @Nullable Object[length];
    for (int i = 0; i < length; i++) {
      elements[i] = read();
    }
    return elements;
  }

  /**
   * Puts elements into a hash or sorted collection, now or when the whole graph is there.
   *
   * @param mark {@link Progress#mark} as it was before the elements were read
   */
  void fill(KeyedRule rule, Object collection, @Nullable Object[] elements, int mark) {
    if (!progress.mustDefer(mark)) {
      rule.fill(collection, elements);
    } else {
      requireDeferrable();
      deferred.add(new Deferred(rule, collection, elements));
    }
  }

  /** For a collection that hashes its elements when it is built. */
  void requireComplete(int mark) {
    if (progress.mustDefer(mark)) {
      requireDeferrable();
    }
  }

  private void requireDeferrable() {
    if (!progress.defer()) {
      throw Unreadable.corrupt("A cycle leads through an immutable object.");
    }
  }

  @Nullable String readText() {
    int head = in.readVarInt(true);
    if (head == 0) {
      return null;
    }
    int length = (head - 1) >>> 1;
    boolean wide = (head & 1) == 0;
    int bytes = wide ? 2 * length : length;
    if (head < 0 || bytes < 0 || bytes > in.limit() - in.position()) {
      throw Unreadable.corrupt("Text is longer than the entry.");
    }
    if (wide) {
      return new String(in.readChars(length));
    }
    int from = in.position();
    in.setPosition(from + length);
    return new String(in.getBuffer(), from, length, StandardCharsets.ISO_8859_1);
  }

  String readPresentText() {
    String text = readText();
    if (text == null) {
      throw Unreadable.corrupt("Text that is always there is missing.");
    }
    return text;
  }
}
