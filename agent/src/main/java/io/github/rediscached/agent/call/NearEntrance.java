package io.github.rediscached.agent.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way of a call: straight from the call site, its arguments as they are, into the near
 * cache. For methods of up to two parameters that are values and need nothing evaluated. What is
 * not there goes the way of all calls.
 *
 * <p>Written out: method handles that branch are much deeper, and where HotSpot stops inlining
 * ({@code MaxInlineLevel}, 15) they count each of their decisions in memory that all threads share.
 * So made, a near hit took 264 ns instead of 40 (benchmarks/run.sh near, one thread).
 */
final class NearEntrance {

  static final int MAX_PARAMETERS = 2;

  private static final MethodType ON_TARGET = MethodType.methodType(Object.class, Object.class);
  private static final MethodType OF_LONG = ON_TARGET.appendParameterTypes(long.class);
  private static final MethodType OF_ONE = ON_TARGET.appendParameterTypes(Object.class);
  private static final MethodType OF_TWO = OF_ONE.appendParameterTypes(Object.class);

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final NearSide near;
  private final MethodHandle onward;

  private NearEntrance(NearSide near, MethodHandle onward) {
    this.near = near;
    this.onward = onward;
  }

  /**
   * The way into the near cache, and where it ends, the other one.
   *
   * @param near whose {@link NearSide#valueParameters} are all of the method's, {@value
   *     #MAX_PARAMETERS} at most
   * @param onward what the call site has called so far
   * @param isStatic whether it has no target
   */
  static MethodHandle before(MethodHandle onward, NearSide near, boolean isStatic)
      throws ReflectiveOperationException {
    MethodHandle onTarget =
        isStatic ? MethodHandles.dropArguments(onward, 0, Object.class) : onward;
    MethodType given = onTarget.type();
    MethodType type =
        switch (given.parameterCount()) {
          case 1 -> ON_TARGET;
          case 2 -> isIntegral(given.parameterType(1)) ? OF_LONG : OF_ONE;
          default -> OF_TWO;
        };
    // Of integral types only the single one comes as a long; the others are boxed.
    boolean integral = type.equals(OF_LONG);
    NearEntrance entrance =
        new NearEntrance(
            near,
            integral ? MethodHandles.explicitCastArguments(onTarget, type) : onTarget.asType(type));
    MethodHandle enter = LOOKUP.bind(entrance, "enter", type);
    MethodHandle typed =
        integral ? MethodHandles.explicitCastArguments(enter, given) : enter.asType(given);
    return isStatic ? MethodHandles.insertArguments(typed, 0, (Object) null) : typed;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enter(@Nullable Object target) throws Throwable {
    Object answer = near.find(0L);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enter(@Nullable Object target, long argument) throws Throwable {
    Object answer = near.find(argument);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target, argument) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enter(@Nullable Object target, @Nullable Object argument)
      throws Throwable {
    Object answer = near.find(argument);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target, argument) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enter(
      @Nullable Object target, @Nullable Object first, @Nullable Object second) throws Throwable {
    Object answer = near.find(first, second);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target, first, second) : answer;
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
}
