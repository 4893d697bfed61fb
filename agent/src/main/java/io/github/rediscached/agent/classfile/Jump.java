package io.github.rediscached.agent.classfile;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A jump. If it compares a field with a constant, the field is known to hold the constant on one of
 * its two ways. {@link MethodFlow} calls it for each jump.
 */
enum Jump {
  /** Unconditional. */
  ALWAYS(0),
  /** Taken if the field is null, zero or less: the values that stand for "not computed yet". */
  IF_EMPTY(1),
  IF_FULL(1),
  IF_SAME(2),
  IF_OTHER(2),
  /** Compares numbers by their order. */
  BY_ORDER(2);

  private final int operands;

  Jump(int operands) {
    this.operands = operands;
  }

  static Jump of(int opcode) {
    return switch (opcode) {
      case Opcodes.GOTO -> ALWAYS;
      case Opcodes.IFNULL, Opcodes.IFEQ, Opcodes.IFLT, Opcodes.IFLE -> IF_EMPTY;
      case Opcodes.IFNONNULL, Opcodes.IFNE, Opcodes.IFGE, Opcodes.IFGT -> IF_FULL;
      case Opcodes.IF_ICMPEQ, Opcodes.IF_ACMPEQ -> IF_SAME;
      case Opcodes.IF_ICMPNE, Opcodes.IF_ACMPNE -> IF_OTHER;
      case Opcodes.IF_ICMPLT, Opcodes.IF_ICMPGE, Opcodes.IF_ICMPGT, Opcodes.IF_ICMPLE -> BY_ORDER;
      default -> throw new IllegalStateException("a subroutine");
    };
  }

  /** The field that one of two values was loaded from, if the other one is a literal. */
  static int comparedField(FlowValue left, FlowValue right) {
    if (right.isLiteral() && !left.compared()) {
      return left.loaded();
    }
    return left.isLiteral() && !right.compared() ? right.loaded() : FlowValue.NONE;
  }

  void go(FlowFrame frame, ClassFlow flow, Label label) {
    int field = FlowValue.NONE;
    if (operands == 1) {
      field = frame.pop().loaded();
    } else if (operands == 2) {
      FlowValue right = frame.pop();
      field = comparedField(frame.pop(), right);
    }
    if (field == FlowValue.NONE || this == BY_ORDER) {
      flow.arrive(label, frame);
    } else if (this == IF_EMPTY || this == IF_SAME) {
      FlowFrame taken = frame.copy();
      taken.setEmpty(field);
      flow.arrive(label, taken);
    } else {
      flow.arrive(label, frame);
      frame.setEmpty(field);
    }
  }
}
