package io.github.rediscached.agent.classfile;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Locals and stack at one place in the code of a method, and the fields that are known to hold a
 * constant there. {@link MethodFlow} changes it with each instruction. A long or double takes two
 * places, as in the JVM. Not thread-safe.
 */
final class FlowFrame {

  private static final FlowValue[] NONE = {};

  private FlowValue[] locals;
  private FlowValue[] stack = NONE;
  private int size;

  /** The fields that are equal to a constant by a comparison before, a bit for each. */
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

  /** The frame at the handler of an exception. */
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

  /** Copies the topmost places, and inserts the copy below some others. */
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

  /** From here on the field holds a constant, and so does a value that was loaded from it. */
  void setEmpty(int field) {
    empty |= FlowValue.bit(field);
    replaceAll(value -> value.loaded() == field && !value.compared() ? FlowValue.LITERAL : value);
  }

  private void replaceAll(UnaryOperator<FlowValue> change) {
    for (int i = 0; i < locals.length; i++) {
      locals[i] = change.apply(locals[i]);
    }
    for (int i = 0; i < size; i++) {
      stack[i] = change.apply(stack[i]);
    }
  }

  void setStored(int field) {
    empty &= ~FlowValue.bit(field);
  }

  /** A new object may refer to a value that it met in a call. */
  void hold(int allocation, FlowValue other) {
    replaceAll(value -> value.allocation() == allocation ? value.holding(other) : value);
  }

  /** A new object begins with some content. */
  void fill(int allocation) {
    replaceAll(value -> value.allocation() == allocation ? value.filled() : value);
  }

  /** This frame merged with that of another way to the same place; null if nothing changes. */
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
