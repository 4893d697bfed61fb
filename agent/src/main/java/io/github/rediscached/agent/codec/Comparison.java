package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a value with the value that was read from its bytes, for {@link ReadBack}. It walks both
 * graphs side by side; each serializer compares the objects of its kind. Of the application only
 * {@code equals}, {@code hashCode} and iterators are called. Not thread-safe; for one use.
 *
 * <p>Where a class has an {@code equals}, that is asked besides the fields: if all fields are equal
 * and {@code equals} still says no, the bytes lack something. It is not believed where a part has
 * no {@code equals} itself, such as an array.
 */
final class Comparison {

  /** Beyond so many objects nothing is compared. */
  private static final int MAX_OBJECTS = 10_000;

  private static final int MAX_DEPTH = 2 * ValueKryo.MAX_DEPTH;

  static final String REMEDY =
      "Return an object of which the fields say all, and do not change it after the method has"
          + " returned it.";

  /** An object that was written and the one that was read, by their identities. */
  private static final class Pair {
    final Object written;
    final Object read;

    Pair(Object written, Object read) {
      this.written = written;
      this.read = read;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(written) + System.identityHashCode(read);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Pair that && written == that.written && read == that.read;
    }
  }

  final Opener opener;
  private final ValueCodec codec;
  private final Set<Pair> pairs = new HashSet<>();

  /** The pairs in the order in which they were met, so that the last ones can be forgotten. */
  private final List<Pair> trail = new ArrayList<>();

  /** The classes of the objects that were compared. */
  final Set<KnownClass> met = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<Class<?>, Boolean> overrides = new HashMap<>();
  private int left = MAX_OBJECTS;
  private int depth;

  /** Counts parts without an {@code equals}, for which the holder's {@code equals} says no. */
  private int withoutEquals;

  /** Counts repeated references: {@code equals} might follow a cycle for ever. */
  private int repeated;

  private @Nullable Refusal difference;

  Comparison(ValueCodec codec) {
    this.opener = codec.opener;
    this.codec = codec;
  }

  /** The difference between two whole values; null if there is none. */
  @Nullable Refusal differenceOf(@Nullable Object written, @Nullable Object read) {
    if (same(written, read)) {
      return null;
    }
    Class<?> type = written == null ? Object.class : written.getClass();
    return difference != null ? difference : another(type, "which is another value");
  }

  private static Refusal another(Class<?> type, String what) {
    return Refusal.of(type, what + " after it was read back", REMEDY);
  }

  /**
   * Compares a part that an object holds.
   *
   * @param step how to reach it, such as {@code .cause}
   */
  boolean samePart(Object holder, String step, @Nullable Object written, @Nullable Object read) {
    return same(written, read) || differsAt(holder, step, step.substring(1) + " is another value");
  }

  boolean sameFields(ObjectField[] fields, Object written, Object read) {
    try {
      for (ObjectField field : fields) {
        Object one = field.get(written);
        Object other = field.get(read);
        if (!(field.isScalar() ? sameScalar(one, other) : same(one, other))) {
          return differsAt(written, field.step, field.field.getName() + " is another value");
        }
      }
      return true;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean sameInOrder(Object holder, @Nullable Object[] written, @Nullable Object[] read) {
    if (written.length != read.length) {
      return differsInSize(holder);
    }
    for (int i = 0; i < written.length && left > 0; i++) {
      if (!same(written[i], read[i])) {
        String step = holder instanceof Map ? "[]" : "[" + i + "]";
        return differsAt(holder, step, "an element is another value");
      }
    }
    return true;
  }

  /**
   * Compares hash sets, or with a stride of 2 the keys and values of hash maps. A partner is looked
   * up; where there is no equal one, any that is the same in all its parts will do.
   */
  boolean sameKeyed(
      Object holder, @Nullable Object[] written, @Nullable Object[] read, int stride) {
    if (written.length != read.length) {
      return differsInSize(holder);
    }
    Map<@Nullable Object, Integer> places = placesOf(read, stride);
    boolean[] taken = new boolean[read.length];
    for (int i = 0; i < written.length && left > 0; i += stride) {
      int place = placeIn(places, written[i]);
      if (place >= 0 && !taken[place]) {
        if (!sameEntry(written, i, read, place, stride)) {
          return differsAt(holder, "[]", "an element is another value");
        }
      } else {
        place = alike(written, i, read, taken, stride);
        if (place < 0) {
          return differsAt(holder, "[]", "an element is missing");
        }
      }
      taken[place] = true;
    }
    return true;
  }

  private Map<@Nullable Object, Integer> placesOf(@Nullable Object[] read, int stride) {
    Map<@Nullable Object, Integer> places = new HashMap<>();
    try {
      for (int i = 0; i < Math.min(read.length, 2 * MAX_OBJECTS); i += stride) {
        places.put(read[i], i);
      }
    } catch (RuntimeException e) {
      // Of the application's own methods: all partners have to be searched.
    }
    return places;
  }

  private static int placeIn(Map<@Nullable Object, Integer> places, @Nullable Object key) {
    try {
      return places.getOrDefault(key, -1);
    } catch (RuntimeException e) {
      return -1;
    }
  }

  private boolean sameEntry(
      @Nullable Object[] written, int i, @Nullable Object[] read, int j, int stride) {
    return same(written[i], read[j]) && (stride == 1 || same(written[i + 1], read[j + 1]));
  }

  /** Tries one partner after the other; a failed attempt leaves no trace. */
  private int alike(
      @Nullable Object[] written, int i, @Nullable Object[] read, boolean[] taken, int stride) {
    for (int n = 0; n < read.length; n += stride) {
      int j = (i + n) % read.length;
      if (taken[j]) {
        continue;
      }
      int known = trail.size();
      int withoutBefore = withoutEquals;
      int repeatedBefore = repeated;
      if (sameEntry(written, i, read, j, stride)) {
        return j;
      }
      while (trail.size() > known) {
        pairs.remove(trail.remove(trail.size() - 1));
      }
      withoutEquals = withoutBefore;
      repeated = repeatedBefore;
      difference = null;
    }
    return -1;
  }

  /** Compares two parts, or the roots. */
  boolean same(@Nullable Object written, @Nullable Object read) {
    if (written == read || left <= 0) {
      return true;
    }
    if (written == null || read == null) {
      return false;
    }
    left--;
    KnownClass known = codec.known(written.getClass());
    if (known.serializer instanceof StandInSerializer standIn) {
      // An equals may tell a proxy from its entity.
      withoutEquals++;
      return same(standIn.replace(codec.opener, written), read);
    }
    if (!comesBackAs(known, written.getClass(), read.getClass())) {
      difference = another(written.getClass(), "which is a " + read.getClass().getTypeName());
      return false;
    }
    met.add(known);
    if (!(known.serializer instanceof ValueSerializer ours)) {
      return sameScalar(written, read);
    }
    Pair pair = new Pair(written, read);
    if (!pairs.add(pair) || depth >= MAX_DEPTH) {
      repeated++;
      return true;
    }
    trail.add(pair);
    int withoutBefore = withoutEquals;
    int repeatedBefore = repeated;
    depth++;
    boolean same = ours.isSame(this, written, read);
    depth--;
    return same && agrees(written, read, withoutBefore, repeated != repeatedBefore);
  }

  private static boolean comesBackAs(KnownClass known, Class<?> written, Class<?> read) {
    return written == read
        || (known.builtInIndex >= 0
            ? BuiltIns.of(read) == known
            : known.serializer instanceof ValueSerializer ours && ours.comesBackAs(written, read));
  }

  /** What {@code equals} says of two objects of which all parts are the same. */
  private boolean agrees(Object written, Object read, int withoutBefore, boolean isRepeated) {
    Class<?> type = written.getClass();
    if (type != read.getClass() || !overridesEquals(type)) {
      withoutEquals++;
      return true;
    }
    // The JDK keeps the class loader of the last record of which it linked the equals.
    if (isRepeated || left <= 0 || type.isRecord() || BuiltIns.of(type) != null) {
      return true;
    }
    Boolean equal = equal(written, read);
    if (equal == null) {
      withoutEquals++;
    } else if (equal) {
      withoutEquals = withoutBefore;
    } else if (withoutEquals == withoutBefore) {
      difference =
          Refusal.of(
              type,
              "whose equals tells it from what was read back though all fields are the same",
              REMEDY);
      return false;
    }
    return true;
  }

  /**
   * For objects of which nothing else is known: {@code equals}, where the class has its own; if
   * that says no, all fields, since something in them may have none.
   */
  boolean sameByEquals(Object written, Object read) {
    Class<?> type = written.getClass();
    if (!overridesEquals(type) || Boolean.TRUE.equals(equal(written, read))) {
      return true;
    }
    return BuiltIns.of(type) == null
        && type == read.getClass()
        && sameFields(ObjectSerializer.fieldsOf(type, codec.opener), written, read);
  }

  private static @Nullable Boolean equal(Object written, Object read) {
    try {
      return written.equals(read);
    } catch (Throwable e) {
      // Of the application's own equals.
      return null;
    }
  }

  boolean overridesEquals(Class<?> type) {
    return overrides.computeIfAbsent(type, Comparison::hasOwnEquals);
  }

  /** Whether a class has an {@code equals} other than that of {@link Object}. */
  static boolean hasOwnEquals(Class<?> type) {
    try {
      return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException | LinkageError e) {
      return false;
    }
  }

  private boolean sameScalar(@Nullable Object written, @Nullable Object read) {
    if (written instanceof URL one && read instanceof URL other) {
      // Its equals asks a name service.
      return one.toExternalForm().equals(other.toExternalForm());
    }
    if (written == null || !written.equals(read)) {
      return written == read;
    }
    if ((written instanceof Double d && d.isNaN()) || (written instanceof Float f && f.isNaN())) {
      withoutEquals++;
    }
    return true;
  }

  private boolean differsInSize(Object holder) {
    difference = another(holder.getClass(), "which has another number of elements");
    return false;
  }

  private boolean differsAt(Object holder, String step, String what) {
    Refusal found =
        difference != null ? difference : another(holder.getClass(), "of which " + what);
    difference = found.within(step);
    return false;
  }
}
