package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.ValueOptions;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Codecs for tests, which open packages as the agent does by its Instrumentation. */
final class Codecs {

  /** What is left to the envelope. */
  static final int HEADROOM = 52;

  private static final long ONE_MEGABYTE = 1 << 20;

  private Codecs() {}

  static ValueCodec of(ClassLoader loader) {
    return new ValueCodec(loader, Codecs::open, ValueOptions.NONE);
  }

  /** A format that has not seen any value yet, as in another JVM. */
  static ValueFormat formatOf(Type declaredType, Class<?>... cachedExceptions) {
    return of(Codecs.class.getClassLoader())
        .formatOf(Codecs.class, declaredType, List.of(cachedExceptions));
  }

  static byte[] write(ValueFormat format, @Nullable Object value) throws UncacheableValueException {
    return format.write(null, HEADROOM, value, ONE_MEGABYTE);
  }

  static @Nullable Object read(ValueFormat format, byte[] bytes) throws UnreadableValueException {
    return format.read(bytes, HEADROOM, bytes.length);
  }

  /** What copies are made of; null if each caller has to read the bytes. */
  static @Nullable Master master(ValueFormat format, byte[] bytes) throws UnreadableValueException {
    return format.readMaster(bytes, HEADROOM, bytes.length);
  }

  static void open(Class<?> type) {
    try {
      Method open = Module.class.getDeclaredMethod("implAddOpens", String.class, Module.class);
      open.setAccessible(true);
      open.invoke(type.getModule(), type.getPackageName(), ValueCodec.class.getModule());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
