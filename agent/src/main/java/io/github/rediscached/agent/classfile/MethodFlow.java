package io.github.rediscached.agent.classfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code of one method on {@link FlowValue}s, and reports each store into a field to {@link
 * ClassFlow}. Not thread-safe.
 */
final class MethodFlow extends MethodVisitor {

  private final ClassFlow flow;
  private final StoringMethod method;
  private final List<Caught> caught = new ArrayList<>();

  /** The frame before the next instruction; null where no way leads. */
  private @Nullable FlowFrame frame;

  private int offset;
  private int allocations;
  private long read;

  private record Caught(Label start, Label end, Label handler) {

    boolean covers(int offset) {
      return (Integer) start.info <= offset && offset < (Integer) end.info;
    }
  }

  MethodFlow(ClassFlow flow, StoringMethod method) {
    super(Opcodes.ASM9);
    this.flow = flow;
    this.method = method;
  }

  @Override
  public void visitCode() {
    FlowValue[] arguments = new FlowValue[method.places()];
    Arrays.fill(arguments, FlowValue.GIVEN);
    if (!method.isStatic()) {
      arguments[0] = FlowValue.THIS;
    }
    frame = new FlowFrame(arguments);
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    caught.add(new Caught(start, end, handler));
  }

  @Override
  public void visitLabel(Label label) {
    offset = (Integer) label.info;
    if (frame != null) {
      flow.arrive(label, frame);
    }
    frame = flow.at(label);
    mayThrow();
  }

  /** Any instruction may throw, so the present frame may be that of a handler. */
  private void mayThrow() {
    if (frame != null) {
      for (Caught each : caught) {
        if (each.covers(offset)) {
          flow.arrive(each.handler(), frame.caught());
        }
      }
    }
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    if (frame != null) {
      Jump.of(opcode).go(frame, flow, label);
      if (opcode == Opcodes.GOTO) {
        frame = null;
      }
    }
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
    visitLookupSwitchInsn(dflt, new int[0], labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
    if (frame != null) {
      frame.pop();
      flow.arrive(dflt, frame);
      for (Label label : labels) {
        flow.arrive(label, frame);
      }
      frame = null;
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (frame == null) {
      return;
    }
    if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
      FlowValue index = frame.pop();
      FlowValue array = frame.pop();
      boolean wide = opcode == Opcodes.LALOAD || opcode == Opcodes.DALOAD;
      frame.push(array.with(index), wide ? 2 : 1);
    } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
      FlowValue value = frame.pop(opcode == Opcodes.LASTORE || opcode == Opcodes.DASTORE ? 2 : 1);
      frame.pop();
      fill(frame.pop(), value, value.mayBe(FlowValue.PARAMETER));
    } else if ((opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN)
        || opcode == Opcodes.ATHROW) {
      if (opcode == Opcodes.ARETURN) {
        returned(frame.pop());
      }
      frame = null;
    } else {
      Instruction.run(opcode, frame);
    }
  }

  private void returned(FlowValue value) {
    if (value.isOnly(FlowValue.SELF)) {
      method.setReturnsSelf();
    } else if (value.loaded() != FlowValue.NONE && !method.isPrivate()) {
      // A caller that has the collection can fill it.
      flow.handedOut(value.loaded());
    }
  }

  /** A value is put into an object. */
  private void fill(FlowValue object, FlowValue value, boolean fromOutside) {
    if (object.allocation() != FlowValue.NONE && frame != null) {
      frame.hold(object.allocation(), value);
    }
    if (object.loaded() != FlowValue.NONE && fromOutside) {
      flow.filled(object.loaded());
    }
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    if (frame == null) {
      return;
    }
    if (opcode == Opcodes.NEWARRAY) {
      frame.push(madeFrom(frame.pop()));
    } else {
      frame.push(operand == 0 ? FlowValue.ZERO : FlowValue.LITERAL);
    }
  }

  private FlowValue madeFrom(FlowValue size) {
    return FlowValue.made(allocations++).holding(size);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    if (opcode == Opcodes.NEW) {
      FlowValue made = FlowValue.made(allocations++);
      if (frame != null) {
        frame.push(made);
      }
    } else if (frame != null && opcode == Opcodes.ANEWARRAY) {
      frame.push(madeFrom(frame.pop()));
    } else if (frame != null && opcode == Opcodes.INSTANCEOF) {
      frame.push(frame.pop().with(FlowValue.RESULT));
    }
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    if (frame != null) {
      FlowValue made = FlowValue.made(allocations++);
      for (int i = 0; i < dimensions; i++) {
        made = made.holding(frame.pop());
      }
      frame.push(made);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int index) {
    if (frame == null) {
      return;
    }
    int places =
        switch (opcode) {
          case Opcodes.LLOAD, Opcodes.DLOAD, Opcodes.LSTORE, Opcodes.DSTORE -> 2;
          default -> 1;
        };
    if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
      FlowValue value = frame.pop(places);
      frame.setLocal(index, value, places);
      mayThrow();
    } else if (opcode == Opcodes.RET) {
      throw new IllegalStateException("a subroutine");
    } else {
      frame.push(frame.local(index), places);
    }
  }

  @Override
  public void visitIincInsn(int index, int increment) {
    if (frame != null) {
      frame.setLocal(index, frame.local(index).with(FlowValue.LITERAL), 1);
      mayThrow();
    }
  }

  @Override
  public void visitLdcInsn(Object value) {
    if (frame != null) {
      frame.push(FlowValue.LITERAL, value instanceof Long || value instanceof Double ? 2 : 1);
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    if (frame == null) {
      return;
    }
    int places = Type.getType(descriptor).getSize();
    if (opcode == Opcodes.GETSTATIC) {
      frame.push(FlowValue.RESULT, places);
    } else if (opcode == Opcodes.PUTSTATIC) {
      frame.pop(places);
    } else if (opcode == Opcodes.GETFIELD) {
      FlowValue from = frame.pop();
      int field = flow.field(owner, name, descriptor);
      if (field == FlowValue.NONE) {
        frame.push(from.with(FlowValue.RESULT), places);
      } else {
        boolean isEmpty = from.isOnly(FlowValue.SELF) && frame.isEmpty(field);
        frame.push(isEmpty ? FlowValue.LITERAL : FlowValue.loaded(field, from), places);
      }
    } else {
      FlowValue value = frame.pop(places);
      FlowValue object = frame.pop();
      int field = flow.field(owner, name, descriptor);
      if (field != FlowValue.NONE) {
        boolean onSelf = object.isOnly(FlowValue.SELF) && method.isOfTheClass();
        flow.store(new FieldStore(field, value, onSelf, frame.empty(), method));
        frame.setStored(field);
      } else if (object.allocation() != FlowValue.NONE) {
        frame.hold(object.allocation(), value);
      }
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    if (frame == null) {
      return;
    }
    FlowValue[] operands = operands(descriptor, opcode == Opcodes.INVOKESTATIC ? 0 : 1);
    if (opcode != Opcodes.INVOKESTATIC) {
      use(operands[0], operands, owner, name);
    }
    FlowValue result = FlowValue.RESULT;
    for (FlowValue each : operands) {
      result = result.with(each);
    }
    for (FlowValue each : operands) {
      if (each.allocation() != FlowValue.NONE) {
        frame.hold(each.allocation(), result);
      }
    }
    if (name.equals("<init>") && operands[0].allocation() != FlowValue.NONE) {
      made(operands);
    }
    boolean isOwnClass = name.equals("getClass") && descriptor.startsWith("()");
    frame.push(isOwnClass ? FlowValue.RESULT : result, Type.getReturnType(descriptor).getSize());
  }

  /** A new object with arguments other than literals is more than an empty one. */
  private void made(FlowValue[] operands) {
    for (int i = 1; i < operands.length; i++) {
      if (!operands[i].isLiteral() && frame != null) {
        frame.fill(operands[0].allocation());
      }
    }
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    if (frame != null) {
      FlowValue result = FlowValue.RESULT;
      for (FlowValue each : operands(descriptor, 0)) {
        result = result.with(each);
      }
      frame.push(result, Type.getReturnType(descriptor).getSize());
    }
  }

  private FlowValue[] operands(String descriptor, int receivers) {
    Type[] types = Type.getArgumentTypes(descriptor);
    FlowValue[] operands = new FlowValue[receivers + types.length];
    FlowFrame current = Objects.requireNonNull(frame);
    for (int i = types.length - 1; i >= 0; i--) {
      operands[receivers + i] = current.pop(types[i].getSize());
    }
    if (receivers == 1) {
      operands[0] = current.pop();
    }
    return operands;
  }

  /** A method is called on an object that may be the value of a field. */
  private void use(FlowValue object, FlowValue[] operands, String owner, String name) {
    int field = object.loaded();
    if (field == FlowValue.NONE || object.compared()) {
      return;
    }
    if (owner.equals(FieldDeclaration.ATOMIC_REFERENCE)) {
      if (name.equals("get")) {
        read |= FlowValue.bit(field);
      } else {
        boolean wasRead = (read & FlowValue.bit(field)) != 0;
        flow.setReference(field, operands[operands.length - 1], method, wasRead);
      }
    }
    // A value computed from an argument may be kept in a cache; the argument itself is content.
    FlowValue last = operands[operands.length - 1];
    boolean takesIn =
        name.startsWith("add")
            || name.startsWith("put")
            || name.startsWith("set")
            || name.startsWith("offer")
            || name.startsWith("push");
    if (takesIn && operands.length > 1 && last.mayBe(FlowValue.ARGUMENT)) {
      flow.filled(field);
    }
  }
}
