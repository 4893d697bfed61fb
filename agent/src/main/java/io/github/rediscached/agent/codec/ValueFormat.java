package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import io.github.rediscached.agent.type.Refusal;
import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the results of one method. Thread-safe.
 *
 * <p>An entry names each class once, with a fingerprint of its fields; a reader with other classes
 * refuses it. A value that was read equals the one that was written, has its class (see {@link
 * BuiltIns} for the JDK's views, which become plain collections), and keeps shared and cyclic
 * references. What an object computes on demand and keeps is not written, see {@link Layouts}.
 */
public final class ValueFormat {

  /** So many writes, about, until a value is checked again; threads may lose some. */
  private static final int SPOT_CHECK_EVERY = 1_000;

  final ValueCodec codec;
  private final HeldParts held;
  private final Type declaredType;
  private final List<Class<?>> cachedExceptions;
  private final ReadBack readBack;
  private volatile @Nullable ClassRegistry registry;
  private int writes;

  ValueFormat(
      ValueCodec codec, HeldParts held, Type declaredType, List<Class<?>> cachedExceptions) {
    this.codec = codec;
    this.held = held;
    this.declaredType = declaredType;
    this.cachedExceptions = List.copyOf(cachedExceptions);
    this.readBack = new ReadBack(codec, this);
  }

  /**
   * A fingerprint of the fields of all classes that the declared return type leads to, the same on
   * every JVM for the same class files. Loads these classes when first asked.
   */
  public long layout() {
    return registry().layout();
  }

  /**
   * Writes a value. The first one of each class is read back and compared.
   *
   * @param target the object that the method was called on; null for static methods
   * @param headroom bytes at the beginning that are left to the envelope
   * @param maxBytes how many more there may be; writing ends early beyond that
   * @throws UncacheableValueException if it is too large, or holds something that can't be written
   */
  public byte[] write(@Nullable Object target, int headroom, @Nullable Object value, long maxBytes)
      throws UncacheableValueException {
    try {
      byte[] bytes = writeChecked(held.of(target), headroom, value, maxBytes, true);
      if (value != null && ++writes % SPOT_CHECK_EVERY == 0) {
        SpotChecks.offer(readBack, bytes, headroom, value);
      }
      return bytes;
    } catch (KryoBufferOverflowException e) {
      throw new UncacheableValueException(
          UncacheableValueException.Kind.TOO_LARGE,
          "The value needs more than " + maxBytes + " bytes.");
    } catch (Refusal e) {
      throw unsupported(e, value);
    } catch (StackOverflowError e) {
      throw unsupported(GraphWriter.tooDeep(), value);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      throw unsupported(
          new Refusal(
              "something that failed when it was read: "
                  + e.getClass().getName()
                  + ". Do not change a value after the method has returned it."),
          value);
    }
  }

  /** A difference may come from a change of the value meanwhile: it takes two of them. */
  private byte[] writeChecked(
      List<WeakReference<Object>> heldParts,
      int headroom,
      @Nullable Object value,
      long maxBytes,
      boolean mayRepeat) {
    ValueKryo kryo = codec.kryos.take();
    byte[] bytes = kryo.writer.writeGraph(registry(), heldParts, headroom, value, maxBytes);
    Set<KnownClass> unverified = kryo.classes.unverified();
    codec.kryos.giveBack(kryo);
    if (unverified.isEmpty()) {
      return bytes;
    }
    Refusal difference = readBack.check(bytes, headroom, value, unverified);
    if (difference == null) {
      return bytes;
    }
    if (mayRepeat) {
      return writeChecked(heldParts, headroom, value, maxBytes, false);
    }
    throw difference;
  }

  private static UncacheableValueException unsupported(Refusal refusal, @Nullable Object value) {
    String root = value == null ? "null" : value.getClass().getSimpleName();
    return new UncacheableValueException(
        UncacheableValueException.Kind.UNSUPPORTED, refusal.describe(root));
  }

  /**
   * Reads a value.
   *
   * @param from where it begins, behind the envelope
   * @param to where it ends
   * @throws UnreadableValueException if it was written by other classes, holds a class that is not
   *     allowed, or is damaged
   */
  public @Nullable Object read(byte[] bytes, int from, int to) throws UnreadableValueException {
    try {
      ValueKryo kryo = codec.kryos.take();
      Object value = kryo.reader.readGraph(registry(), bytes, from, to);
      codec.kryos.giveBack(kryo);
      return value;
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads a value to be kept, of which each caller gets a copy. In doing so it is copied once.
   *
   * @return null if all have to {@link #read} it: where the same object can be reached on two ways,
   *     or one of its classes can't be copied
   * @throws UnreadableValueException as {@link #read} does
   */
  public @Nullable Master readMaster(byte[] bytes, int from, int to)
      throws UnreadableValueException {
    try {
      ValueKryo kryo = codec.kryos.take();
      Master master = kryo.reader.readMaster(registry(), bytes, from, to);
      codec.kryos.giveBack(kryo);
      return master;
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  private static UnreadableValueException unreadable(Throwable e) {
    // Kryo wraps what its reference resolver throws.
    Throwable thrown = e.getCause() instanceof Unreadable cause ? cause : e;
    return thrown instanceof Unreadable reason
        ? reason.toChecked()
        : new UnreadableValueException(
            UnreadableValueException.Kind.CORRUPT,
            "The value's bytes are damaged: " + e.getClass().getName() + ".",
            e);
  }

  /**
   * Whether a value that was read is immutable in all its parts, so that several callers may share
   * it. In doubt it counts as mutable.
   *
   * @return how many objects it is made of, scalars in fields aside; -1 if it can be changed
   */
  public int immutableParts(@Nullable Object value) {
    return codec.immutability.parts(value);
  }

  private ClassRegistry registry() {
    ClassRegistry current = registry;
    return current != null
        ? current
        : publish(new ClassRegistry(codec, declaredType, cachedExceptions));
  }

  /** The registry loads classes and so is made without a lock, at worst twice; the first stays. */
  private synchronized ClassRegistry publish(ClassRegistry candidate) {
    ClassRegistry current = registry;
    if (current == null) {
      current = candidate;
      registry = candidate;
    }
    return current;
  }
}
