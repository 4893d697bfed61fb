package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Refusal;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Classes whose {@code writeReplace} names another object to be written instead, such as Jackson's
 * trees, protobuf's messages and vavr's collections. Reading gives the object to which the
 * substitute resolves. See {@link SerialHooks}.
 */
final class SubstituteSerializer extends ValueSerializer {

  private static final String REMEDY = "Return plain data instead.";

  private final Method writeReplace;
  private final @Nullable ValueSerializer own;

  /**
   * @param writeReplace accessible
   * @param own for objects that name themselves; null if there is no serializer for such
   */
  SubstituteSerializer(Method writeReplace, @Nullable ValueSerializer own) {
    super(Identity.LATE);
    this.writeReplace = writeReplace;
    this.own = own;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Object substitute = substituteOf(value);
    boolean replaced = substitute != value;
    // Gson's number names one of the JDK, which does not fit into its own field.
    if (replaced && substitute != null && Jdk.owns(substitute.getClass()) && own != null) {
      replaced = false;
    }
    writer.out.writeBoolean(replaced);
    if (!replaced && own != null) {
      own.write(writer, value);
      return;
    }
    if (!replaced
        || substitute == null
        || !isSubstitute(writeReplace.getDeclaringClass(), substitute.getClass())) {
      throw Refusal.of(
          value.getClass(), "whose method writeReplace gives what can't be read back", REMEDY);
    }
    writer.write(substitute, ".writeReplace()");
  }

  private @Nullable Object substituteOf(Object value) {
    if (ByName.isA(value.getClass(), "kotlin.Lazy")
        && !ByName.isTrue(value, "isInitialized", REMEDY)) {
      // Its substitute would be computed now, by code that the application has not called.
      throw Refusal.of(value.getClass(), "whose lazy value is not computed yet", REMEDY);
    }
    try {
      return writeReplace.invoke(value);
    } catch (InvocationTargetException e) {
      throw Refusal.of(
          value.getClass(),
          "whose method writeReplace failed: " + e.getTargetException().getClass().getName(),
          REMEDY);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    if (reader.in.readBoolean()) {
      reader.allowSubstitutesOf(writeReplace.getDeclaringClass());
      return reader.readPresent();
    }
    if (own == null) {
      throw Unreadable.corrupt(type.getName() + " was written without its substitute.");
    }
    return own.read(reader, type);
  }

  /** A substitute decides which class it becomes. */
  @Override
  boolean comesBackAs(Class<?> written, Class<?> read) {
    return true;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    if (written.getClass() == read.getClass() || written.equals(read)) {
      return comparison.sameByEquals(written, read);
    }
    // What has no equals can be told to be another one only by its class.
    return isSubstitute(writeReplace.getDeclaringClass(), read.getClass())
        && !comparison.overridesEquals(written.getClass());
  }

  /**
   * Whether a class may stand for objects of another one: it is of the same package and loader, and
   * resolves to something else or is itself of a common type of that package. So the bytes can't
   * name just any class.
   *
   * @param declaring the class that declares {@code writeReplace}
   */
  static boolean isSubstitute(Class<?> declaring, Class<?> candidate) {
    return Serializable.class.isAssignableFrom(candidate)
        && declaring.getClassLoader() == candidate.getClassLoader()
        && declaring.getPackageName().equals(candidate.getPackageName())
        && (SerialHooks.resolves(candidate) || sharesInterface(declaring, candidate));
  }

  private static boolean sharesInterface(Class<?> declaring, Class<?> candidate) {
    for (Class<?> c = declaring; c != null; c = c.getSuperclass()) {
      for (Class<?> implemented : c.getInterfaces()) {
        if (implemented.getPackageName().equals(declaring.getPackageName())
            && implemented.isAssignableFrom(candidate)) {
          return true;
        }
      }
    }
    return false;
  }
}
