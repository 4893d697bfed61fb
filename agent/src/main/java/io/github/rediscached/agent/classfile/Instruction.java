package io.github.rediscached.agent.classfile;

import net.bytebuddy.jar.asm.Opcodes;

/** The effect of instructions without operands on the stack. {@link MethodFlow} calls it. */
final class Instruction {

  /** The places of the operand of I2L, I2F, I2D, L2I, L2F, L2D, F2I, … I2S. */
  private static final String CONVERTED_FROM = "111222111222111";

  /** The places of the result. */
  private static final String CONVERTED_TO = "212112122121111";

  private Instruction() {}

  static void run(int opcode, FlowFrame frame) {
    switch (opcode) {
      case Opcodes.NOP, Opcodes.INEG, Opcodes.LNEG, Opcodes.FNEG, Opcodes.DNEG -> {}
      case Opcodes.ACONST_NULL, Opcodes.ICONST_0, Opcodes.FCONST_0 -> frame.push(FlowValue.ZERO);
      case Opcodes.LCONST_0, Opcodes.DCONST_0 -> frame.push(FlowValue.ZERO, 2);
      case Opcodes.LCONST_1, Opcodes.DCONST_1 -> frame.push(FlowValue.LITERAL, 2);
      case Opcodes.POP, Opcodes.MONITORENTER, Opcodes.MONITOREXIT -> frame.pop();
      case Opcodes.POP2 -> frame.pop(2);
      case Opcodes.DUP -> frame.repeat(1, 0);
      case Opcodes.DUP_X1 -> frame.repeat(1, 1);
      case Opcodes.DUP_X2 -> frame.repeat(1, 2);
      case Opcodes.DUP2 -> frame.repeat(2, 0);
      case Opcodes.DUP2_X1 -> frame.repeat(2, 1);
      case Opcodes.DUP2_X2 -> frame.repeat(2, 2);
      case Opcodes.SWAP -> {
        FlowValue top = frame.pop();
        FlowValue below = frame.pop();
        frame.push(top);
        frame.push(below);
      }
      case Opcodes.ARRAYLENGTH -> frame.push(frame.pop().with(FlowValue.RESULT));
      default -> {
        if (opcode <= Opcodes.DCONST_1) {
          frame.push(FlowValue.LITERAL);
        } else if (opcode >= Opcodes.I2L && opcode <= Opcodes.I2S) {
          convert(opcode, frame);
        } else {
          operate(opcode, frame);
        }
      }
    }
  }

  private static void convert(int opcode, FlowFrame frame) {
    int index = opcode - Opcodes.I2L;
    frame.push(frame.pop(CONVERTED_FROM.charAt(index) - '0'), CONVERTED_TO.charAt(index) - '0');
  }

  private static void operate(int opcode, FlowFrame frame) {
    switch (opcode) {
      case Opcodes.LCMP, Opcodes.DCMPL, Opcodes.DCMPG -> compare(frame, 2);
      case Opcodes.FCMPL, Opcodes.FCMPG -> compare(frame, 1);
      case Opcodes.LSHL, Opcodes.LSHR, Opcodes.LUSHR -> {
        FlowValue count = frame.pop();
        frame.push(frame.pop(2).with(count), 2);
      }
      case Opcodes.ISHL, Opcodes.ISHR, Opcodes.IUSHR -> operate(frame, 1);
      case Opcodes.IOR, Opcodes.IAND -> bits(frame, 1);
      case Opcodes.LOR, Opcodes.LAND -> bits(frame, 2);
      case Opcodes.IXOR -> operate(frame, 1);
      case Opcodes.LXOR -> operate(frame, 2);
      // The rest are arithmetic: int, long, float and double in turn.
      default -> operate(frame, (opcode - Opcodes.IADD) % 2 == 0 ? 1 : 2);
    }
  }

  private static void operate(FlowFrame frame, int places) {
    FlowValue right = frame.pop(places);
    frame.push(frame.pop(places).with(right), places);
  }

  /** A flag in a bit of a field is treated like a constant in a field of its own. */
  private static void bits(FlowFrame frame, int places) {
    FlowValue right = frame.pop(places);
    FlowValue left = frame.pop(places);
    frame.push(right.isLiteral() ? left.withBits() : left.with(right), places);
  }

  private static void compare(FlowFrame frame, int places) {
    FlowValue right = frame.pop(places);
    FlowValue left = frame.pop(places);
    int field = Jump.comparedField(left, right);
    frame.push(field == FlowValue.NONE ? left.with(right) : FlowValue.comparison(field));
  }
}
