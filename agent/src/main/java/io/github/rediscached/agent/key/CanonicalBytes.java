package io.github.rediscached.agent.key;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.classfile.FieldFacts;
import io.github.rediscached.agent.type.Refusal;
import io.github.rediscached.agent.type.Text;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of some values: equal values give equal bytes on every JVM, different values
 * different ones. {@link KeyPlan} hashes them where the text of the arguments is no key. Not
 * thread-safe; made for one key and thrown away.
 *
 * <p>The idea: a value is written as a {@link Tag}, its content, and its end, given by a count or a
 * fixed length. So no two sequences of values have the same bytes, wherever one value ends and the
 * next begins. Elements without an order are written in any order and then sorted by their bytes.
 *
 * <p>Equal means deep-equal: the same type and content, whether or not objects are shared. Lists,
 * sets and maps are equal by the contracts of their interfaces; sets and maps have no order, unless
 * the declared type of the parameter {@linkplain DeclaredOrder says} so. Objects are their class
 * and the {@linkplain KeyFields fields} that hold content. Depth and size are bounded, so neither
 * cycles nor huge graphs do harm.
 */
final class CanonicalBytes extends Output {

  /** The root is the object that the method is called on. */
  static final int RECEIVER = -1;

  /** The root is the value of an explicit key. */
  static final int KEY = -2;

  static final int MAX_DEPTH = 200;
  static final int MAX_BYTES = 16 << 20;

  private static final int INITIAL_BYTES = 128;

  private final Consumer<Class<?>> opener;

  /** The values that are being written, from the root inwards. */
  private @Nullable Object[] path = new Object[8];

  /** The part of each that is being written, as messages show it; null for an element. */
  private @Nullable String[] partNames = new String[8];

  private int[] partIndices = new int[8];
  private int depth;
  private int root;

  CanonicalBytes(Consumer<Class<?>> opener) {
    super(INITIAL_BYTES, MAX_BYTES);
    this.opener = opener;
  }

  /**
   * Initialises all classes that make digests. A call that has nearly used up its stack must not be
   * the first to do that: a class whose initialisation fails is unusable for ever.
   */
  static void prepare() {
    Encodings.of(Object.class);
    FieldFacts.of(Refused.class);
    Sha256.of(new byte[0], 0);
  }

  /**
   * Writes a value that is not part of another one.
   *
   * @param index the index of the argument, {@link #RECEIVER} or {@link #KEY}
   * @param ordered whether the order of a set or map counts
   * @throws UnkeyableException for any failure; no other exception is ever thrown
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
    } catch (Refusal e) {
      throw unkeyable("is " + e.obstacle());
    } catch (KryoBufferOverflowException e) {
      throw new UnkeyableException(
          rootName()
              + " makes the key's content larger than "
              + (MAX_BYTES >> 20)
              + " MB; "
              + remedy(root));
    } catch (Throwable e) {
      // Iterators and size methods of the application may throw anything; the call must go on.
      throw unreadable(e);
    }
  }

  byte[] sha256() {
    return Sha256.of(buffer, position);
  }

  /** Writes a part of a value. */
  void value(@Nullable Object value) throws UnkeyableException {
    if (value == null) {
      writeByte(Tag.NULL);
    } else if (value instanceof String text) {
      writeByte(Tag.STRING);
      Text.write(this, text);
    } else {
      Encodings.of(value.getClass()).write(this, value);
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

  /** Leaves room for a count that is not known yet, and returns the place. */
  int reserveCount() {
    writeInt(0);
    return position - Integer.BYTES;
  }

  void setCount(int at, int count) {
    int end = position;
    position = at;
    writeInt(count);
    position = end;
  }

  /**
   * Sorts the elements that were written last by their bytes.
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
      elements[i] = Arrays.copyOfRange(buffer, starts[i], i + 1 < count ? starts[i + 1] : position);
    }
    Arrays.sort(elements, Arrays::compareUnsigned);
    int at = starts[0];
    for (byte[] element : elements) {
      System.arraycopy(element, 0, buffer, at, element.length);
      at += element.length;
    }
  }

  /** Makes members of classes accessible to reflection; may throw anything. */
  <T extends AccessibleObject & Member> void open(List<T> members) {
    Class<?> opened = null;
    for (T member : members) {
      if (member.getDeclaringClass() != opened) {
        opened = member.getDeclaringClass();
        opener.accept(opened);
      }
      member.setAccessible(true);
    }
  }

  /** The exception for a value whose methods or fields could not be read. */
  UnkeyableException unreadable(Throwable cause) {
    return unkeyable("could not be read (" + cause.getClass().getName() + ")");
  }

  /**
   * The exception for the value that is being written now.
   *
   * @param problem completes a sentence that begins with the place of the value
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
}
