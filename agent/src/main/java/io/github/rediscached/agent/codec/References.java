package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.ReferenceResolver;
import io.github.rediscached.agent.type.Refusal;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kryo's reference resolver: numbers the objects of a graph, and knows which of them are still
 * being written or read. Not thread-safe.
 */
@SuppressWarnings("rawtypes") // Of Kryo's signatures.
final class References implements ReferenceResolver {

  private static final int INITIAL_OBJECTS = 64;
  private static final int MAX_KEPT_OBJECTS = 4096;

  private final EntryClasses classes;
  private final IdentityIds written = new IdentityIds();
  private final Progress progress = new Progress();
  private @Nullable Object[] read = new @Nullable Object[INITIAL_OBJECTS];
  private int readCount;

  /** Number of the object that comes next. */
  private int next;

  /** Gathers what is referred to once more, if that matters. */
  private @Nullable Set<Object> repeated;

  References(EntryClasses classes) {
    this.classes = classes;
  }

  Progress progress() {
    return progress;
  }

  /** Lets a set gather what this graph refers to more than once; ends with the graph. */
  void gatherRepeated(Set<Object> objects) {
    repeated = objects;
  }

  /** The object that was numbered last begins. */
  int begin(ValueSerializer.Identity identity) {
    progress.begin(next, identity);
    return next;
  }

  void end(int id, boolean hashesParts) {
    progress.end(id, hashesParts);
  }

  boolean hasWritten(Object object) {
    return written.has(object);
  }

  /** Decided by the class that stands in front of the object, not by Kryo's list of scalars. */
  @Override
  public boolean useReferences(Class type) {
    return classes.current().identity != ValueSerializer.Identity.NONE;
  }

  @Override
  public int getWrittenId(Object object) {
    int id = written.findOrAdd(object);
    if (id >= 0 && !progress.refer(id)) {
      throw Refusal.of(
          object.getClass(),
          "which is part of a cycle of references though it is immutable",
          "Break the cycle, or return an object that does not hold its holder.");
    }
    return id;
  }

  /** It was added when it was looked for. */
  @Override
  public int addWrittenObject(Object object) {
    next = written.size() - 1;
    return next;
  }

  @Override
  public int nextReadId(Class type) {
    next = readCount++;
    if (next == read.length) {
      read = Arrays.copyOf(read, next * 2);
    }
    return next;
  }

  @Override
  public void setReadObject(int id, Object object) {
    read[id] = object;
  }

  @Override
  public Object getReadObject(Class type, int id) {
    Object object = id >= 0 && id < readCount ? read[id] : null;
    if (object == null || !progress.refer(id)) {
      throw Unreadable.corrupt("A reference leads nowhere.");
    }
    if (repeated != null) {
      repeated.add(object);
    }
    return object;
  }

  @Override
  public void reset() {
    written.clear();
    progress.clear();
    if (read.length > MAX_KEPT_OBJECTS) {
      read = new @Nullable Object[INITIAL_OBJECTS];
    } else {
      Arrays.fill(read, 0, readCount, null);
    }
    readCount = 0;
    repeated = null;
  }

  @Override
  public void setKryo(Kryo kryo) {}
}
