package io.github.rediscached.agent.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way of a call: straight from the call site, its arguments as they are, into the near
 * cache. For methods of up to two values that need nothing evaluated. What is not there goes the
 * way of all calls.
 */
final class NearEntrance {

  static final int MAX_PARAMETERS = 2;

  private static final MethodHandle FIND_LONG;
  private static final MethodHandle FIND_ONE;
  private static final MethodHandle FIND_TWO;
  private static final MethodHandle IS_ABSENT;

  static {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      FIND_LONG =
          lookup.findVirtual(
              NearSide.class, "find", MethodType.methodType(Object.class, long.class));
      FIND_ONE =
          lookup.findVirtual(
              NearSide.class, "find", MethodType.methodType(Object.class, Object.class));
      FIND_TWO =
          lookup.findVirtual(
              NearSide.class,
              "find",
              MethodType.methodType(Object.class, Object.class, Object.class));
      IS_ABSENT =
          lookup.findStatic(
              NearEntrance.class, "isAbsent", MethodType.methodType(boolean.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("NearSide", e);
    }
  }

  private NearEntrance() {}

  /**
   * The way into the near cache, and where it ends, the other one.
   *
   * @param near whose {@link NearSide#valueParameters} are {@value #MAX_PARAMETERS} at most
   * @param onward what the call site has called so far
   * @param firstParameter where the method's parameters begin in it
   */
  static MethodHandle before(
      MethodHandle onward, NearSide near, int[] valueParameters, int firstParameter) {
    MethodType type = onward.type();
    int[] order = new int[valueParameters.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = firstParameter + valueParameters[i];
    }
    MethodHandle find = MethodHandles.permuteArguments(find(near, type, order), type, order);
    MethodHandle found =
        MethodHandles.dropArguments(MethodHandles.identity(Object.class), 1, type.parameterList());
    MethodHandle absent = MethodHandles.dropArguments(onward, 0, Object.class);
    return MethodHandles.foldArguments(MethodHandles.guardWithTest(IS_ABSENT, absent, found), find);
  }

  private static MethodHandle find(NearSide near, MethodType type, int[] order) {
    return switch (order.length) {
      case 0 -> MethodHandles.insertArguments(FIND_LONG, 0, near, 0L);
      case 1 -> findOne(near, type.parameterType(order[0]));
      default ->
          FIND_TWO
              .bindTo(near)
              .asType(
                  MethodType.methodType(
                      Object.class, type.parameterType(order[0]), type.parameterType(order[1])));
    };
  }

  private static MethodHandle findOne(NearSide near, Class<?> parameter) {
    MethodType type = MethodType.methodType(Object.class, parameter);
    return isIntegral(parameter)
        ? MethodHandles.explicitCastArguments(FIND_LONG.bindTo(near), type)
        : FIND_ONE.bindTo(near).asType(type);
  }

  /** Whether all values of a type fit into a long. */
  static boolean isIntegral(Class<?> type) {
    return type.isPrimitive() && type != double.class && type != float.class;
  }

  /** A boxed integral argument as {@link #before} gives it to {@link NearSide#find(long)}. */
  static long asLong(Object argument) {
    if (argument instanceof Number number) {
      return number.longValue();
    }
    return argument instanceof Character character
        ? character
        : Boolean.TRUE.equals(argument) ? 1 : 0;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private static boolean isAbsent(@Nullable Object answer) {
    return answer == NearSide.ABSENT;
  }
}
