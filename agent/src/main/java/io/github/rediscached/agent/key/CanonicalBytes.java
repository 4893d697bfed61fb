package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.FieldFacts;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of some values: equal values give equal bytes on every JVM, different values
 * different ones. Every value begins with a {@link Tag} and says where it ends, so nothing depends
 * on what stands beside it. Not thread-safe; made for one key and thrown away.
 *
 * <p>Equal means deep-equal: the same type and content, whichever objects are shared. Lists, sets
 * and maps are what their interfaces say; sets and maps have no order, unless the parameter's type
 * {@linkplain DeclaredOrder says} so. Objects are their class and the {@linkplain KeyFields fields}
 * that hold content. Bounded in depth and size, so neither cycles nor huge graphs do harm.
 */
final class CanonicalBytes {

  /** The root that is the instance a method is called on. */
  static final int RECEIVER = -1;

  /** The root that is the value of an explicit key. */
  static final int KEY = -2;

  static final int MAX_DEPTH = 200;
  static final int MAX_BYTES = 16 << 20;

  private static final byte[] NONE = {};

  private final Consumer<Class<?>> opener;

  private byte[] bytes = NONE;
  private int size;

  /** What is being written, from the root inwards, and which part of each. */
  private @Nullable Object[] path = new Object[8];

  private @Nullable String[] partNames = new String[8];
  private int[] partIndices = new int[8];
  private int depth;
  private int root;

  CanonicalBytes(Consumer<Class<?>> opener) {
    this.opener = opener;
  }

  /**
   * Initialises all classes that make digests. If it happened first in a call that has almost used
   * up its stack, one of them could be unusable ever after.
   */
  static void prepare() {
    Encodings.of(Object.class);
    FieldFacts.of(Refused.class);
    Sha256.of(NONE, 0);
  }

  /**
   * Writes a value that is not part of another one.
   *
   * @param index the index of the argument, {@link #RECEIVER} or {@link #KEY}
   * @throws UnkeyableException whatever goes wrong; nothing else is ever thrown
   */
  void root(int index, @Nullable Object value) throws UnkeyableException {
    root(index, value, false);
  }

  /**
   * The same.
   *
   * @param ordered whether the order of a set or map counts
   */
  void root(int index, @Nullable Object value, boolean ordered) throws UnkeyableException {
    root = index;
    depth = 0;
    try {
      value(value);
      if (ordered) {
        DeclaredOrder.write(value, this);
      }
    } catch (UnkeyableException e) {
      throw e;
    } catch (Throwable e) {
      // Iterators and size methods of the application may throw anything; the call must go on.
      throw unkeyable("could not be read (" + e.getClass().getName() + ")");
    }
  }

  byte[] sha256() {
    return Sha256.of(bytes, size);
  }

  void value(@Nullable Object value) throws UnkeyableException {
    if (value == null) {
      tag(Tag.NULL);
    } else if (value instanceof String text) {
      tag(Tag.STRING);
      text(text);
    } else if (value instanceof Long number) {
      tag(Tag.LONG);
      int64(number);
    } else if (value instanceof Integer number) {
      tag(Tag.INT);
      int32(number);
    } else {
      Encodings.of(value.getClass()).write(value, this);
    }
  }

  /**
   * Begins a value that has parts.
   *
   * @throws UnkeyableException if it is a part of itself, or nested too deep
   */
  void enter(Object value) throws UnkeyableException {
    for (int i = 0; i < depth; i++) {
      if (path[i] == value) {
        throw unkeyable("contains itself");
      }
    }
    if (depth == MAX_DEPTH) {
      throw new UnkeyableException(
          rootName() + " is nested more than " + MAX_DEPTH + " levels deep; " + remedy(root));
    }
    if (depth == path.length) {
      path = Arrays.copyOf(path, depth * 2);
      partNames = Arrays.copyOf(partNames, depth * 2);
      partIndices = Arrays.copyOf(partIndices, depth * 2);
    }
    path[depth] = value;
    partNames[depth] = "";
    depth++;
  }

  /** Ends the value that was entered last. */
  void leave() {
    path[--depth] = null;
  }

  /** Names the part of the current value that is written next, as messages show it. */
  void part(String name) {
    partNames[depth - 1] = name;
  }

  /** Says which element of the current value is written next. */
  void part(int index) {
    partNames[depth - 1] = null;
    partIndices[depth - 1] = index;
  }

  void tag(byte tag) throws UnkeyableException {
    require(1);
    bytes[size++] = tag;
  }

  void bool(boolean value) throws UnkeyableException {
    tag(value ? (byte) 1 : 0);
  }

  void int16(int value) throws UnkeyableException {
    require(2);
    bytes[size++] = (byte) (value >> 8);
    bytes[size++] = (byte) value;
  }

  void int32(int value) throws UnkeyableException {
    require(4);
    setInt32(size, value);
    size += 4;
  }

  void int64(long value) throws UnkeyableException {
    int32((int) (value >> 32));
    int32((int) value);
  }

  /** All NaN are one, zero and minus zero are two, as for {@link Double#equals}. */
  void float64(double value) throws UnkeyableException {
    int64(Double.doubleToLongBits(value));
  }

  void float32(float value) throws UnkeyableException {
    int32(Float.floatToIntBits(value));
  }

  void bytes(byte[] value) throws UnkeyableException {
    int32(value.length);
    raw(value);
  }

  void raw(byte[] value) throws UnkeyableException {
    require(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** Writes each character for itself, so unpaired surrogates stay what they are. */
  void text(String text) throws UnkeyableException {
    int length = text.length();
    int32(length);
    require(length);
    for (int i = 0; i < length; i++) {
      char character = text.charAt(i);
      if (character < 0x80) {
        if (size == bytes.length) {
          require(length - i);
        }
        bytes[size++] = (byte) character;
      } else {
        require(3L + length - i);
        if (character >= 0x800) {
          bytes[size++] = (byte) (0xe0 | (character >> 12));
          bytes[size++] = (byte) (0x80 | ((character >> 6) & 0x3f));
        } else {
          bytes[size++] = (byte) (0xc0 | (character >> 6));
        }
        bytes[size++] = (byte) (0x80 | (character & 0x3f));
      }
    }
  }

  void count(int count) throws UnkeyableException {
    int32(count);
  }

  /** Leaves room for a count that is known later. */
  int reserveCount() throws UnkeyableException {
    int32(0);
    return size - 4;
  }

  void setCount(int at, int count) {
    setInt32(at, count);
  }

  /** Where the next byte will stand. */
  int position() {
    return size;
  }

  /**
   * Brings the last elements into an order that depends on nothing but their bytes.
   *
   * @param starts where each element begins; they follow each other and the last ends here
   * @param count how many starts there are
   */
  void sort(int[] starts, int count) {
    if (count < 2) {
      return;
    }
    byte[][] elements = new byte[count][];
    for (int i = 0; i < count; i++) {
      elements[i] = Arrays.copyOfRange(bytes, starts[i], i + 1 < count ? starts[i + 1] : size);
    }
    Arrays.sort(elements, Arrays::compareUnsigned);
    int at = starts[0];
    for (byte[] element : elements) {
      System.arraycopy(element, 0, bytes, at, element.length);
      at += element.length;
    }
  }

  /** Makes the fields of a class accessible; may throw anything. */
  void open(Class<?> type) {
    opener.accept(type);
  }

  /**
   * The exception that says what is wrong with what is being written now.
   *
   * @param problem completes a sentence that begins with where the value is
   */
  UnkeyableException unkeyable(String problem) {
    StringBuilder message = new StringBuilder(rootName());
    for (int i = 0; i < depth; i++) {
      String name = partNames[i];
      if (name == null) {
        message.append('[').append(partIndices[i]).append(']');
      } else {
        message.append(name);
      }
    }
    return new UnkeyableException(
        message.append(' ').append(problem).append("; ").append(remedy(root)).toString());
  }

  private String rootName() {
    return switch (root) {
      case RECEIVER -> "the receiver";
      case KEY -> "the value of `key`";
      default -> "argument " + root;
    };
  }

  private static String remedy(int root) {
    return switch (root) {
      case RECEIVER -> "give a `key`";
      case KEY -> "let `key` yield text or a number";
      default -> "give a `key` or mark the parameter @KeyIgnore";
    };
  }

  private void setInt32(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  /** Makes room for some bytes more. */
  void require(long moreBytes) throws UnkeyableException {
    long needed = size + moreBytes;
    if (needed > bytes.length) {
      if (needed > MAX_BYTES) {
        throw new UnkeyableException(
            rootName()
                + " makes the key's content larger than "
                + (MAX_BYTES >> 20)
                + " MB; "
                + remedy(root));
      }
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(MAX_BYTES, Math.max(needed, Math.max(128, bytes.length * 2L))));
    }
  }
}
