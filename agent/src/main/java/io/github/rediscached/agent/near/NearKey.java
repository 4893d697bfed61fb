package io.github.rediscached.agent.near;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a call of one method in a {@link NearRegion}: by its arguments where these are values,
 * else by the Redis keys made of them. A near hit makes no object but one of these, so there are
 * classes for one and two arguments that need no array. Immutable.
 */
public abstract sealed class NearKey {

  private final int method;

  NearKey(int method) {
    this.method = method;
  }

  /** A single integral argument of any width; or no argument at all. */
  public static NearKey of(int method, long argument) {
    return new OfLong(method, argument);
  }

  /** A single argument. */
  public static NearKey of(int method, @Nullable Object argument) {
    return new OfObject(method, argument);
  }

  /** Two arguments. */
  public static NearKey of(int method, @Nullable Object first, @Nullable Object second) {
    return new OfTwo(method, first, second);
  }

  /**
   * Any number of arguments that are values; or, where they are not, the Redis keys that are made
   * of them, as byte arrays. The array and its contents must never change.
   */
  public static NearKey of(int method, @Nullable Object[] arguments) {
    return new OfMany(method, arguments);
  }

  /** The size in memory, in bytes, about. */
  abstract long weight();

  private static long weightOf(@Nullable Object argument) {
    if (argument instanceof byte[] bytes) {
      return 24L + bytes.length;
    }
    return argument instanceof String text ? weightOfText(text.length()) : 32;
  }

  static long weightOfText(int length) {
    return 56 + 2L * length;
  }

  final boolean isOf(int otherMethod) {
    return method == otherMethod;
  }

  final int compareMethods(NearKey other) {
    return Integer.compare(method, other.method);
  }

  /** An order for arguments with equal hashes, which lets {@code ConcurrentHashMap} use trees. */
  @SuppressWarnings("unchecked") // Both are of the same class.
  private static int compare(@Nullable Object one, @Nullable Object other) {
    return one instanceof Comparable<?> comparable
            && other != null
            && one.getClass() == other.getClass()
        ? ((Comparable<Object>) comparable).compareTo(other)
        : 0;
  }

  /** Spreads a hash over all bits, by the finalizer of MurmurHash3 (Austin Appleby). */
  final int spread(int hash) {
    int mixed = hash * 31 + method;
    mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
    return mixed ^ (mixed >>> 13);
  }

  private static int hashOf(@Nullable Object argument) {
    return argument == null ? 0 : argument.hashCode();
  }

  private static boolean same(@Nullable Object one, @Nullable Object other) {
    return one == other || (one != null && one.equals(other));
  }

  private static final class OfLong extends NearKey implements Comparable<OfLong> {

    private final long argument;

    OfLong(int method, long argument) {
      super(method);
      this.argument = argument;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OfLong key && argument == key.argument && key.isOf(super.method);
    }

    @Override
    public int hashCode() {
      return spread(Long.hashCode(argument));
    }

    @Override
    public int compareTo(OfLong other) {
      int byMethod = compareMethods(other);
      return byMethod == 0 ? Long.compare(argument, other.argument) : byMethod;
    }

    @Override
    long weight() {
      return 24;
    }
  }

  private static final class OfObject extends NearKey implements Comparable<OfObject> {

    private final @Nullable Object argument;

    OfObject(int method, @Nullable Object argument) {
      super(method);
      this.argument = argument;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OfObject key
          && key.isOf(super.method)
          && same(argument, key.argument);
    }

    @Override
    public int hashCode() {
      return spread(hashOf(argument));
    }

    @Override
    public int compareTo(OfObject other) {
      int byMethod = compareMethods(other);
      return byMethod == 0 ? compare(argument, other.argument) : byMethod;
    }

    @Override
    long weight() {
      return 24 + weightOf(argument);
    }
  }

  private static final class OfTwo extends NearKey implements Comparable<OfTwo> {

    private final @Nullable Object first;
    private final @Nullable Object second;

    OfTwo(int method, @Nullable Object first, @Nullable Object second) {
      super(method);
      this.first = first;
      this.second = second;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OfTwo key
          && key.isOf(super.method)
          && same(first, key.first)
          && same(second, key.second);
    }

    @Override
    public int hashCode() {
      return spread(31 * hashOf(first) + hashOf(second));
    }

    @Override
    public int compareTo(OfTwo other) {
      int byMethod = compareMethods(other);
      int byFirst = byMethod == 0 ? compare(first, other.first) : byMethod;
      return byFirst == 0 ? compare(second, other.second) : byFirst;
    }

    @Override
    long weight() {
      return 32 + weightOf(first) + weightOf(second);
    }
  }

  private static final class OfMany extends NearKey {

    private final @Nullable Object[] arguments;

    OfMany(int method, @Nullable Object[] arguments) {
      super(method);
      this.arguments = arguments;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OfMany key
          && key.isOf(super.method)
          && Arrays.deepEquals(arguments, key.arguments);
    }

    @Override
    public int hashCode() {
      return spread(Arrays.deepHashCode(arguments));
    }

    @Override
    long weight() {
      long weight = 48;
      for (Object argument : arguments) {
        weight += weightOf(argument);
      }
      return weight;
    }
  }
}
