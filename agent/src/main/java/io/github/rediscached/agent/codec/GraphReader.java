package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link GraphWriter} wrote; the bytes are not trusted. Not thread-safe; belongs to one
 * {@link ValueKryo}, which is thrown away after a failure.
 */
final class GraphReader {

  private static final byte[] NOTHING = {};

  final Input in = new Input(NOTHING);
  final Opener opener;
  final Progress progress;
  private final ValueKryo kryo;

  /** Hash and sorted collections that are filled when the whole graph is there. */
  private final List<Elements> deferred = new ArrayList<>();

  /** Elements that may still be announced: there can't be more than bytes, all in all. */
  private int elementBudget;

  GraphReader(ValueKryo kryo) {
    this.kryo = kryo;
    this.opener = kryo.codec.opener;
    this.progress = kryo.references.progress;
  }

  /**
   * Reads a whole value.
   *
   * @param registry says which classes may be read
   * @throws Unreadable if the bytes are not what a writer writes here; anything else may be thrown
   *     as well where they are damaged
   */
  @Nullable Object readGraph(ClassRegistry registry, byte[] bytes, int from, int to) {
    in.setBuffer(bytes, from, to - from);
    elementBudget = to - from;
    kryo.classes.begin(registry);
    Object value = read();
    if (in.position() != to) {
      throw Unreadable.corrupt("Bytes are left behind the value.");
    }
    fillDeferred();
    deferred.clear();
    in.setBuffer(NOTHING);
    return value;
  }

  /** Reads a whole value for others to be copied from it; null if that can't be done. */
  @Nullable Master readMaster(ClassRegistry registry, byte[] bytes, int from, int to) {
    Set<Object> repeated = Collections.newSetFromMap(new IdentityHashMap<>());
    kryo.references.gatherRepeated(repeated);
    Object value = readGraph(registry, bytes, from, to);
    // Each object has its byte, so a copier that meets more goes in circles, or nearly so.
    return value == null ? null : Master.of(kryo.codec, value, repeated, to - from);
  }

  /** One may hash what is in another, so each is filled again until all find their elements. */
  private void fillDeferred() {
    for (Elements waiting : deferred) {
      waiting.fill();
    }
    boolean whole = deferred.isEmpty();
    for (int round = 0; !whole; round++) {
      if (round > deferred.size()) {
        throw Unreadable.corrupt("Collections that hold each other do not find their elements.");
      }
      whole = true;
      for (Elements waiting : deferred) {
        whole &= waiting.isFound();
      }
    }
  }

  /** Reads a child, or the root. */
  @Nullable Object read() {
    return kryo.readClassAndObject(in);
  }

  /** Reads a value of a class that is known. */
  Object readContent(Serializer<Object> serializer, Class<?> type) {
    return serializer.read(kryo, in, type);
  }

  /** Reads a child that a writer never leaves out. */
  Object readPresent() {
    Object value = read();
    if (value == null) {
      throw Unreadable.corrupt("A part that is always there is missing.");
    }
    return value;
  }

  /**
   * Makes the object that is being read known to the children that are still to be read, and may
   * refer to it.
   */
  void place(Object object) {
    kryo.reference(object);
  }

  /** Lets what is read next be a substitute for objects of a class, see {@link ClassRegistry}. */
  void allowSubstitutesOf(Class<?> declaring) {
    kryo.classes.registry().allowSubstitutesOf(declaring);
  }

  /** Says whether a value of this method may refer to a class, and loads it. */
  Class<?> readClassLiteral() {
    return kryo.classes.registry().literal(readPresentText());
  }

  /** Reads a number of elements; in all there are never more than the entry has bytes. */
  int readLength() {
    return readLength(1);
  }

  /**
   * Reads a number of elements.
   *
   * @param bytesEach that each takes at least: there are no more than are left to be read
   */
  int readLength(int bytesEach) {
    int length = in.readVarInt(true);
    if (length < 0 || length > (in.limit() - in.position()) / bytesEach) {
      throw Unreadable.corrupt("A length is greater than the entry.");
    }
    elementBudget -= length * bytesEach;
    if (elementBudget < 0) {
      throw Unreadable.corrupt("A length is greater than the entry.");
    }
    progress.count(length);
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
  void fill(Elements elements, int mark) {
    requireHashable();
    if (!progress.mustDefer(mark)) {
      elements.fill();
    } else {
      requireDeferrable();
      deferred.add(elements);
    }
  }

  /** For a collection that hashes its elements when it is built. */
  void requireComplete(int mark) {
    requireHashable();
    if (progress.mustDefer(mark)) {
      requireDeferrable();
    }
  }

  private void requireHashable() {
    if (!progress.canHash()) {
      throw Unreadable.corrupt("Collections hold each other so often that they can't be hashed.");
    }
  }

  private void requireDeferrable() {
    if (!progress.defer()) {
      throw Unreadable.corrupt("A cycle leads through an immutable object.");
    }
  }

  @Nullable String readText() {
    return Text.read(in);
  }

  String readPresentText() {
    return Text.readPresent(in);
  }
}
