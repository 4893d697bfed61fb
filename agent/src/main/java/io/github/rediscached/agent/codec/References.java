package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.util.MapReferenceResolver;
import io.github.rediscached.agent.type.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kryo's reference resolver, which numbers the objects of a graph in the order in which it meets
 * them; an object that is met again is written as its number. {@link Progress} decides whether such
 * a reference can be rebuilt. Called by Kryo and by {@link ValueSerializer}; not thread-safe.
 */
@SuppressWarnings("rawtypes") // Of Kryo's signatures.
final class References extends MapReferenceResolver {

  final Progress progress = new Progress();
  private final EntryClasses classes;

  /** Number of the object that comes next. */
  private int next;

  /** Gathers the objects that are referred to once more, if that matters. */
  private @Nullable Set<Object> repeated;

  References(EntryClasses classes) {
    this.classes = classes;
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

  boolean hasWritten(Object object) {
    return super.getWrittenId(object) >= 0;
  }

  /** Decided by the class that stands in front of the object, not by Kryo's list of scalars. */
  @Override
  public boolean useReferences(Class type) {
    return classes.current().identity != ValueSerializer.Identity.NONE;
  }

  @Override
  public int getWrittenId(Object object) {
    int id = super.getWrittenId(object);
    if (id >= 0 && !progress.refer(id)) {
      throw Refusal.of(
          object.getClass(),
          "which is part of a cycle of references though it is immutable",
          "Break the cycle, or return an object that does not hold its holder.");
    }
    return id;
  }

  @Override
  public int addWrittenObject(Object object) {
    next = super.addWrittenObject(object);
    return next;
  }

  @Override
  public int nextReadId(Class type) {
    next = super.nextReadId(type);
    return next;
  }

  @Override
  public Object getReadObject(Class type, int id) {
    Object object = id >= 0 && id < readObjects.size() ? readObjects.get(id) : null;
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
    super.reset();
    progress.clear();
    repeated = null;
  }
}
