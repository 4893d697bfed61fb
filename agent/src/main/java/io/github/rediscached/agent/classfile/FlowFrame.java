package io.github.rediscached.agent.classfile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Locals and stack at one place of a method's code, and which fields are known to hold a constant
 * there. A long or double takes two places, as in the JVM. Not thread-safe.
 */
final class FlowFrame {

  private static final FlowValue[] NONE = {};

  private FlowValue[] locals;
  private FlowValue[] stack = NONE;
  private int size;

  /** The fields that were compared with a constant and are equal to it, a bit for each. */
  private long empty;

  /** Begins with the arguments as locals, and an empty stack. */
  FlowFrame(FlowValue... locals) {
    this.locals = locals;
  }

  FlowFrame copy() {
    FlowFrame copy = new FlowFrame(locals.clone());
    copy.stack = stack.clone();
    copy.size = size;
    copy.empty = empty;
    return copy;
  }

  /** As it is where an exception is caught. */
  FlowFrame caught() {
    FlowFrame frame = copy();
    frame.size = 0;
    frame.push(FlowValue.RESULT);
    return frame;
  }

  void push(FlowValue value) {
    if (size == stack.length) {
      stack = Arrays.copyOf(stack, size + 8);
    }
    stack[size++] = value;
  }

  void push(FlowValue value, int places) {
    for (int i = 0; i < places; i++) {
      push(value);
    }
  }

  FlowValue pop() {
    return stack[--size];
  }

  FlowValue pop(int places) {
    FlowValue value = FlowValue.RESULT;
    for (int i = 0; i < places; i++) {
      value = pop();
    }
    return value;
  }

  /** Repeats the topmost places below some others. */
  void repeat(int places, int below) {
    FlowValue[] top = Arrays.copyOfRange(stack, size - places - below, size);
    size -= places + below;
    for (int i = 0; i < places; i++) {
      push(top[below + i]);
    }
    for (FlowValue each : top) {
      push(each);
    }
  }

  FlowValue local(int index) {
    return index < locals.length ? locals[index] : FlowValue.RESULT;
  }

  void setLocal(int index, FlowValue value, int places) {
    int length = locals.length;
    if (index + places > length) {
      locals = Arrays.copyOf(locals, index + places);
      Arrays.fill(locals, Math.min(length, index), index, FlowValue.RESULT);
    }
    Arrays.fill(locals, index, index + places, value);
  }

  long empty() {
    return empty;
  }

  boolean isEmpty(int field) {
    return (empty & FlowValue.bit(field)) != 0;
  }

  /** From here on the field holds a constant, and so does what was loaded from it. */
  void setEmpty(int field) {
    empty |= FlowValue.bit(field);
    replace(locals, locals.length, field);
    replace(stack, size, field);
  }

  private static void replace(FlowValue[] values, int count, int field) {
    for (int i = 0; i < count; i++) {
      if (values[i].loaded() == field && !values[i].compared()) {
        values[i] = FlowValue.LITERAL;
      }
    }
  }

  void setStored(int field) {
    empty &= ~FlowValue.bit(field);
  }

  /** A new object may have taken in what it met in a call. */
  void hold(int allocation, FlowValue other) {
    hold(locals, locals.length, allocation, other);
    hold(stack, size, allocation, other);
  }

  private static void hold(FlowValue[] values, int count, int allocation, FlowValue other) {
    for (int i = 0; i < count; i++) {
      if (values[i].allocation() == allocation) {
        values[i] = values[i].holding(other);
      }
    }
  }

  /** A new object begins with something in it. */
  void fill(int allocation) {
    fill(locals, locals.length, allocation);
    fill(stack, size, allocation);
  }

  private static void fill(FlowValue[] values, int count, int allocation) {
    for (int i = 0; i < count; i++) {
      if (values[i].allocation() == allocation) {
        values[i] = values[i].filled();
      }
    }
  }

  /** What holds here and on another way to the same place; null if that adds nothing. */
  @Nullable FlowFrame or(FlowFrame other) {
    if (size != other.size) {
      throw new IllegalStateException("stacks of " + size + " and " + other.size);
    }
    FlowFrame merged = copy();
    merged.empty &= other.empty;
    boolean changed = merged.empty != empty;
    for (int i = 0; i < locals.length; i++) {
      merged.locals[i] = locals[i].or(other.local(i));
      changed |= !merged.locals[i].equals(locals[i]);
    }
    for (int i = 0; i < size; i++) {
      merged.stack[i] = stack[i].or(other.stack[i]);
      changed |= !merged.stack[i].equals(stack[i]);
    }
    return changed ? merged : null;
  }
}
