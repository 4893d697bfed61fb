package io.github.rediscached.agent.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fast path of a near hit: from the call site into the near cache, with the arguments as they
 * are, without boxing, array or Redis key. {@link CallSites} puts it before the general path, for
 * methods of at most four parameters whose key is at most two of them, or one value that is read of
 * one. A call that finds nothing takes the general path. It never asks Redis.
 *
 * <p>The variants are written out by hand. Method handles that branch are nested much deeper, and
 * beyond the depth at which HotSpot inlines ({@code MaxInlineLevel}, 15) each branch counts its
 * decisions in memory that all threads share: a near hit took 264 ns instead of 40
 * (benchmarks/run.sh near, one thread). It is a record since HotSpot takes the fields of records
 * for constants, so it compiles their method handles into the caller.
 *
 * @param near that of objects of the declaring class, or of all
 * @param receivers those of other objects
 * @param declaring null if the class of the object does not matter
 * @param reader reads the value of the argument, as {@code (Object) → long} or {@code (Object) →
 *     Object}; null if it is the argument itself
 * @param onward what the call site has called so far
 */
record NearEntrance(
    NearSide near,
    Receivers receivers,
    @Nullable Class<?> declaring,
    @Nullable MethodHandle reader,
    boolean readsLong,
    MethodHandle onward) {

  private static final int MAX_PARAMETERS = 4;
  private static final int MAX_VALUES = 2;

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /**
   * The way into the near cache, and where it ends, the other one.
   *
   * @param onward what the call site has called so far, with the types of the method
   * @param isStatic whether it has no target
   */
  static MethodHandle before(MethodHandle onward, Receivers receivers, boolean isStatic)
      throws ReflectiveOperationException {
    NearSide near = receivers.own().near();
    NearValues values = near == null ? null : near.values();
    int parameters = onward.type().parameterCount() - (isStatic ? 0 : 1);
    if (near == null
        || values == null
        || receivers.areArguments()
        || parameters > MAX_PARAMETERS
        || values.parameters().length > MAX_VALUES
        || (values.parameters().length == 0 && parameters > 0)) {
      return onward;
    }
    MethodHandle onTarget =
        isStatic ? MethodHandles.dropArguments(onward, 0, Object.class) : onward;
    // The target, what is looked up, all the rest.
    int[] order = order(values.parameters(), parameters);
    MethodType given = permuted(onTarget.type(), order);
    MethodHandle reader = values.reader();
    boolean integral = values.integral() && reader == null;
    MethodType type =
        integral
            ? MethodType.genericMethodType(given.parameterCount())
                .changeParameterType(1, long.class)
            : MethodType.genericMethodType(given.parameterCount());
    NearEntrance entrance =
        new NearEntrance(
            near,
            receivers,
            receivers.declaring(),
            reader == null ? null : readerAs(reader, values.integral()),
            values.integral(),
            cast(MethodHandles.permuteArguments(onTarget, given, inverse(order)), type, integral));
    String name =
        values.parameters().length == 2
            ? "enterTwo"
            : integral || parameters == 0 ? "enter" : "enterOne";
    MethodHandle typed = cast(LOOKUP.bind(entrance, name, type), given, integral);
    MethodHandle enter = MethodHandles.permuteArguments(typed, onTarget.type(), order);
    return isStatic ? MethodHandles.insertArguments(enter, 0, (Object) null) : enter;
  }

  /** Which argument of the method, the target included, comes at each place. */
  private static int[] order(int[] lookedUp, int parameters) {
    List<Integer> order = new ArrayList<>();
    order.add(0);
    for (int parameter : lookedUp) {
      order.add(1 + parameter);
    }
    for (int i = 1; i <= parameters; i++) {
      if (!order.contains(i)) {
        order.add(i);
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  private static MethodType permuted(MethodType type, int[] order) {
    Class<?>[] types = new Class<?>[order.length];
    Arrays.setAll(types, i -> type.parameterType(order[i]));
    return MethodType.methodType(type.returnType(), types);
  }

  /** Of integral types only the single one that is looked up comes as a long. */
  private static MethodHandle cast(MethodHandle handle, MethodType type, boolean integral) {
    if (!integral) {
      return handle.asType(type);
    }
    MethodType first = handle.type().changeParameterType(1, type.parameterType(1));
    return MethodHandles.explicitCastArguments(handle, first).asType(type);
  }

  private static MethodHandle readerAs(MethodHandle reader, boolean integral) {
    return integral
        ? MethodHandles.explicitCastArguments(
                reader, MethodType.methodType(long.class, reader.type().parameterType(0)))
            .asType(MethodType.methodType(long.class, Object.class))
        : reader.asType(MethodType.methodType(Object.class, Object.class));
  }

  private @Nullable NearSide of(@Nullable Object target) {
    return declaring == null || target == null || target.getClass() == declaring
        ? near
        : receivers.of(target.getClass()).near();
  }

  private @Nullable Object find(@Nullable Object target, long value) {
    NearSide side = of(target);
    return side == null ? NearSide.ABSENT : side.find(value);
  }

  private @Nullable Object find(@Nullable Object target, @Nullable Object argument) {
    NearSide side = of(target);
    if (side == null) {
      return NearSide.ABSENT;
    }
    return reader == null ? side.find(argument) : read(side, reader, argument);
  }

  private @Nullable Object read(NearSide side, MethodHandle read, @Nullable Object argument) {
    if (!side.isEnabled()) {
      return NearSide.ABSENT;
    }
    try {
      return readsLong
          ? side.find((long) read.invokeExact(argument))
          : side.find((Object) read.invokeExact(argument));
    } catch (Throwable e) {
      // Something is null on the way, or a getter fails: that is told on the way of all calls.
      return NearSide.ABSENT;
    }
  }

  private @Nullable Object find(
      @Nullable Object target, @Nullable Object first, @Nullable Object second) {
    NearSide side = of(target);
    return side == null ? NearSide.ABSENT : side.find(first, second);
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enter(@Nullable Object target) throws Throwable {
    Object answer = find(target, 0L);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enter(@Nullable Object target, long value) throws Throwable {
    Object answer = find(target, value);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target, value) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enter(@Nullable Object target, long value, @Nullable Object r1)
      throws Throwable {
    Object answer = find(target, value);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target, value, r1) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enter(
      @Nullable Object target, long value, @Nullable Object r1, @Nullable Object r2)
      throws Throwable {
    Object answer = find(target, value);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target, value, r1, r2) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enter(
      @Nullable Object target,
      long value,
      @Nullable Object r1,
      @Nullable Object r2,
      @Nullable Object r3)
      throws Throwable {
    Object answer = find(target, value);
    return answer == NearSide.ABSENT
        ? (Object) onward.invokeExact(target, value, r1, r2, r3)
        : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enterOne(@Nullable Object target, @Nullable Object argument)
      throws Throwable {
    Object answer = find(target, argument);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target, argument) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enterOne(
      @Nullable Object target, @Nullable Object argument, @Nullable Object r1) throws Throwable {
    Object answer = find(target, argument);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target, argument, r1) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enterOne(
      @Nullable Object target, @Nullable Object argument, @Nullable Object r1, @Nullable Object r2)
      throws Throwable {
    Object answer = find(target, argument);
    return answer == NearSide.ABSENT
        ? (Object) onward.invokeExact(target, argument, r1, r2)
        : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enterOne(
      @Nullable Object target,
      @Nullable Object argument,
      @Nullable Object r1,
      @Nullable Object r2,
      @Nullable Object r3)
      throws Throwable {
    Object answer = find(target, argument);
    return answer == NearSide.ABSENT
        ? (Object) onward.invokeExact(target, argument, r1, r2, r3)
        : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enterTwo(
      @Nullable Object target, @Nullable Object first, @Nullable Object second) throws Throwable {
    Object answer = find(target, first, second);
    return answer == NearSide.ABSENT ? (Object) onward.invokeExact(target, first, second) : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enterTwo(
      @Nullable Object target, @Nullable Object first, @Nullable Object second, @Nullable Object r1)
      throws Throwable {
    Object answer = find(target, first, second);
    return answer == NearSide.ABSENT
        ? (Object) onward.invokeExact(target, first, second, r1)
        : answer;
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object enterTwo(
      @Nullable Object target,
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object r1,
      @Nullable Object r2)
      throws Throwable {
    Object answer = find(target, first, second);
    return answer == NearSide.ABSENT
        ? (Object) onward.invokeExact(target, first, second, r1, r2)
        : answer;
  }

  /** Whether all values of a type fit into a long. */
  static boolean isIntegral(Class<?> type) {
    return type.isPrimitive() && type != double.class && type != float.class && type != void.class;
  }

  /** A boxed integral argument as the call site gives it to {@link NearSide#find(long)}. */
  static long asLong(Object argument) {
    if (argument instanceof Number number) {
      return number.longValue();
    }
    return argument instanceof Character character
        ? character
        : Boolean.TRUE.equals(argument) ? 1 : 0;
  }
}
