package io.github.rediscached.agent.instrument;

import java.util.List;
import java.util.Map;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.dynamic.scaffold.TypeWriter;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.attribute.AnnotationRetention;
import net.bytebuddy.implementation.attribute.AnnotationValueFilter;
import net.bytebuddy.implementation.attribute.TypeAttributeAppender;
import net.bytebuddy.implementation.auxiliary.AuxiliaryType;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.AsmClassReader;
import net.bytebuddy.utility.AsmClassWriter;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bridge's call sites into methods, as a visitor in a decoration by Byte Buddy. {@link
 * Instrumenter} calls it for classes with a method to change.
 *
 * <pre>
 *   try { call = enter(this, arguments) } catch (Throwable) { call = RUN }
 *   if (!(call instanceof RediscachedBridge)) return (R) call;
 *   if (call.thrown != null) throw call.thrown;
 *   try {
 *     … each return: result = …; try { exit(result, call) } catch (Throwable) {} return result;
 *   } catch (Throwable t) {
 *     try { call = fail(t, call); if (!(call instanceof RediscachedBridge)) return (R) call; }
 *     catch (Throwable) {}
 *     throw t;
 *   }
 * </pre>
 *
 * A method by which a container runs a handler returns where {@code enter} or {@code fail} answers
 * with anything but an object of the bridge, and two more sites, {@code request} and {@code
 * response}, give it what it is to see in place of its arguments.
 *
 * <p>Any other method that returns nothing gives null to {@code exit}; whatever {@code enter} and
 * {@code fail} answer, it runs and throws.
 *
 * <p>The two new locals lie behind the method's own. A handler declares all locals but those two as
 * unknown, so it verifies whatever the method has done to its parameters.
 */
final class CallSiteWriter extends AsmVisitorWrapper.AbstractBase {

  private static final int FIRST_WITH_INVOKEDYNAMIC = Opcodes.V1_7;
  private static final Handle LINK =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          BootBridge.INTERNAL_NAME,
          "link",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
              + "Ljava/lang/invoke/MethodType;Ljava/lang/String;)Ljava/lang/invoke/CallSite;",
          false);

  private final ClassModel model;
  private final Map<String, MethodModel> cached;
  private final @Nullable MethodModel handler;

  private CallSiteWriter(
      ClassModel model, Map<String, MethodModel> cached, @Nullable MethodModel handler) {
    this.model = model;
    this.cached = cached;
    this.handler = handler;
  }

  /** Whether the class file's version knows invokedynamic. */
  static boolean canChange(ClassModel model) {
    return model.version() >= FIRST_WITH_INVOKEDYNAMIC;
  }

  /**
   * The class file with call sites. This is what {@code ByteBuddy.decorate} ends in, without its
   * graph of methods and its pool of types, which would reflect on the JDK's types.
   *
   * @param cached the methods to change, by name and descriptor
   * @param handler the one of these by which a container runs a handler; null if there is none
   */
  static byte[] write(
      byte[] classFile,
      ClassModel model,
      Map<String, MethodModel> cached,
      @Nullable MethodModel handler) {
    return TypeWriter.Default.forDecoration(
            new TypeDescription.Latent(model.binaryName(), 0, null, List.of()),
            ClassFileVersion.JAVA_V17,
            List.of(),
            List.of(),
            TypeAttributeAppender.NoOp.INSTANCE,
            new CallSiteWriter(model, cached, handler),
            AnnotationValueFilter.Default.APPEND_DEFAULTS,
            AnnotationRetention.ENABLED,
            new AuxiliaryType.NamingStrategy.Enumerating(""),
            Implementation.Context.Disabled.Factory.INSTANCE,
            TypeValidation.DISABLED,
            AsmClassReader.Factory.Default.ASM_ONLY,
            AsmClassWriter.Factory.Default.ASM_ONLY,
            TypePool.Empty.INSTANCE,
            ClassFileLocator.Simple.of(model.binaryName(), classFile))
        .make(TypeResolutionStrategy.Passive.INSTANCE.resolve())
        .getBytes();
  }

  @Override
  public int mergeReader(int flags) {
    return flags | ClassReader.EXPAND_FRAMES;
  }

  @Override
  public ClassVisitor wrap(
      TypeDescription type,
      ClassVisitor next,
      Implementation.Context context,
      TypePool types,
      FieldList<FieldDescription.InDefinedShape> fields,
      MethodList<?> methods,
      int writerFlags,
      int readerFlags) {
    return new ClassVisitor(ClassModel.ASM, next) {
      @Override
      public MethodVisitor visitMethod(
          int access,
          String name,
          String descriptor,
          @Nullable String signature,
          String @Nullable [] exceptions) {
        MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
        MethodModel method = cached.get(name + descriptor);
        return method == null ? code : new MethodChange(code, model, method, method == handler);
      }
    };
  }

  private static final class MethodChange extends MethodVisitor {

    private final ClassModel model;
    private final MethodModel method;
    private final boolean isHandler;
    private final Type result;
    private final int tokenSlot;
    private final int resultSlot;
    private final Label[] exitStarts;
    private final Label[] exitEnds;
    private final Label bodyStart = new Label();
    private final Label exitFailed = new Label();
    private int nextExit;

    MethodChange(MethodVisitor next, ClassModel model, MethodModel method, boolean isHandler) {
      super(ClassModel.ASM, next);
      this.model = model;
      this.method = method;
      this.isHandler = isHandler;
      this.result = Type.getReturnType(method.descriptor);
      this.tokenSlot = method.maxLocals;
      this.resultSlot = method.maxLocals + 1;
      this.exitStarts = new Label[method.returns];
      this.exitEnds = new Label[method.returns];
      for (int i = 0; i < method.returns; i++) {
        exitStarts[i] = new Label();
        exitEnds[i] = new Label();
      }
    }

    @Override
    public void visitCode() {
      super.visitCode();
      Label enterStart = new Label();
      Label enterEnd = new Label();
      Label enterFailed = new Label();
      Label decide = new Label();
      Label run = new Label();
      super.visitTryCatchBlock(enterStart, enterEnd, enterFailed, "java/lang/Throwable");
      for (int i = 0; i < exitStarts.length; i++) {
        // Before the method's own handlers, which may span the return.
        super.visitTryCatchBlock(exitStarts[i], exitEnds[i], exitFailed, "java/lang/Throwable");
      }

      super.visitLabel(enterStart);
      loadArguments();
      callSite("enter", enterDescriptor());
      super.visitVarInsn(Opcodes.ASTORE, tokenSlot);
      if (isHandler) {
        super.visitVarInsn(Opcodes.ALOAD, tokenSlot);
        super.visitTypeInsn(Opcodes.INSTANCEOF, BootBridge.INTERNAL_NAME);
        super.visitJumpInsn(Opcodes.IFEQ, decide);
        swap("request", 1);
        if (method.parameters.length > 1) {
          swap("response", 2);
        }
      }
      super.visitLabel(enterEnd);
      super.visitJumpInsn(Opcodes.GOTO, decide);

      super.visitLabel(enterFailed);
      visitInitialFrame(false, "java/lang/Throwable");
      super.visitInsn(Opcodes.POP);
      loadRun();
      super.visitVarInsn(Opcodes.ASTORE, tokenSlot);

      super.visitLabel(decide);
      visitInitialFrame(true, null);
      ifBridge(run);
      if (isHandler) {
        super.visitInsn(Opcodes.RETURN);
      } else if (returnsNothing()) {
        loadRun();
        super.visitVarInsn(Opcodes.ASTORE, tokenSlot);
      } else {
        super.visitVarInsn(Opcodes.ALOAD, tokenSlot);
        unbox();
        super.visitInsn(result.getOpcode(Opcodes.IRETURN));
      }

      super.visitLabel(run);
      visitInitialFrame(true, null);
      super.visitVarInsn(Opcodes.ALOAD, tokenSlot);
      super.visitTypeInsn(Opcodes.CHECKCAST, BootBridge.INTERNAL_NAME);
      super.visitFieldInsn(
          Opcodes.GETFIELD, BootBridge.INTERNAL_NAME, "thrown", "Ljava/lang/Throwable;");
      super.visitInsn(Opcodes.DUP);
      Label noneThrown = new Label();
      super.visitJumpInsn(Opcodes.IFNULL, noneThrown);
      super.visitInsn(Opcodes.ATHROW);
      super.visitLabel(noneThrown);
      visitInitialFrame(true, "java/lang/Throwable");
      super.visitInsn(Opcodes.POP);
      super.visitLabel(bodyStart);
      // The method may have a frame of its own at its first instruction.
      super.visitInsn(Opcodes.NOP);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
        super.visitInsn(opcode);
        return;
      }
      if (!returnsNothing()) {
        super.visitVarInsn(result.getOpcode(Opcodes.ISTORE), resultSlot);
      }
      super.visitLabel(exitStarts[nextExit]);
      if (returnsNothing()) {
        super.visitInsn(Opcodes.ACONST_NULL);
      } else {
        super.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot);
      }
      super.visitVarInsn(Opcodes.ALOAD, tokenSlot);
      callSite("exit", "(" + erased(result) + "Ljava/lang/Object;)V");
      super.visitLabel(exitEnds[nextExit]);
      nextExit++;
      returnResult();
    }

    private void returnResult() {
      if (!returnsNothing()) {
        super.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot);
      }
      super.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }

    private boolean returnsNothing() {
      return result.getSort() == Type.VOID;
    }

    private void loadRun() {
      super.visitFieldInsn(
          Opcodes.GETSTATIC, BootBridge.INTERNAL_NAME, "RUN", "L" + BootBridge.INTERNAL_NAME + ";");
    }

    /** Jumps if what a site has answered is one of the bridge's objects. */
    private void ifBridge(Label target) {
      super.visitVarInsn(Opcodes.ALOAD, tokenSlot);
      super.visitTypeInsn(Opcodes.INSTANCEOF, BootBridge.INTERNAL_NAME);
      super.visitJumpInsn(Opcodes.IFNE, target);
    }

    /** The method's own frames keep the token, behind all that the method knows of. */
    @Override
    public void visitFrame(
        int type,
        int localCount,
        Object @Nullable [] local,
        int stackCount,
        Object @Nullable [] stack) {
      Object[] locals = new Object[tokenSlot + 1];
      int count = 0;
      int slot = 0;
      for (int i = 0; local != null && i < localCount; i++) {
        locals[count++] = local[i];
        slot += sizeOf(local[i]);
      }
      while (slot++ < tokenSlot) {
        locals[count++] = Opcodes.TOP;
      }
      locals[count++] = "java/lang/Object";
      super.visitFrame(type, count, locals, stackCount, stack);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      Label bodyEnd = new Label();
      Label bodyFailed = new Label();
      Label failStart = new Label();
      Label failEnd = new Label();
      Label failFailed = new Label();
      super.visitLabel(bodyEnd);

      if (method.returns > 0) {
        super.visitLabel(exitFailed);
        visitHandlerFrame(returnsNothing() ? null : frameTypeOf(result));
        super.visitInsn(Opcodes.POP);
        returnResult();
      }

      super.visitLabel(bodyFailed);
      visitHandlerFrame(null);
      super.visitVarInsn(Opcodes.ASTORE, resultSlot);
      super.visitLabel(failStart);
      super.visitVarInsn(Opcodes.ALOAD, resultSlot);
      super.visitVarInsn(Opcodes.ALOAD, tokenSlot);
      callSite("fail", "(Ljava/lang/Throwable;Ljava/lang/Object;)Ljava/lang/Object;");
      if (returnsNothing() && !isHandler) {
        super.visitInsn(Opcodes.POP);
        super.visitLabel(failEnd);
      } else {
        super.visitVarInsn(Opcodes.ASTORE, tokenSlot);
        Label rethrow = new Label();
        ifBridge(rethrow);
        if (!isHandler) {
          super.visitVarInsn(Opcodes.ALOAD, tokenSlot);
          unbox();
        }
        super.visitLabel(failEnd);
        super.visitInsn(result.getOpcode(Opcodes.IRETURN));
        super.visitLabel(rethrow);
        visitLaterFrame("java/lang/Throwable", null);
      }
      super.visitVarInsn(Opcodes.ALOAD, resultSlot);
      super.visitInsn(Opcodes.ATHROW);
      super.visitLabel(failFailed);
      visitHandlerFrame("java/lang/Throwable");
      super.visitInsn(Opcodes.POP);
      super.visitVarInsn(Opcodes.ALOAD, resultSlot);
      super.visitInsn(Opcodes.ATHROW);

      // Behind the method's own handlers, which come first.
      super.visitTryCatchBlock(failStart, failEnd, failFailed, "java/lang/Throwable");
      super.visitTryCatchBlock(bodyStart, bodyEnd, bodyFailed, "java/lang/Throwable");
      super.visitMaxs(
          Math.max(maxStack + 3, argumentSlots() + 3),
          maxLocals + 1 + Math.max(1, result.getSize()));
    }

    /** Puts what a site answers in the place of an argument. */
    private void swap(String site, int argument) {
      super.visitVarInsn(Opcodes.ALOAD, argument);
      super.visitVarInsn(Opcodes.ALOAD, tokenSlot);
      callSite(site, "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
      super.visitTypeInsn(Opcodes.CHECKCAST, method.parameters[argument - 1].getInternalName());
      super.visitVarInsn(Opcodes.ASTORE, argument);
    }

    private void loadArguments() {
      int slot = 0;
      if (!method.isStatic()) {
        super.visitVarInsn(Opcodes.ALOAD, slot++);
      }
      for (Type parameter : method.parameters) {
        super.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
        slot += parameter.getSize();
      }
    }

    private int argumentSlots() {
      return Type.getArgumentsAndReturnSizes(method.descriptor) >> 2;
    }

    private String enterDescriptor() {
      StringBuilder descriptor = new StringBuilder("(");
      if (!method.isStatic()) {
        descriptor.append("Ljava/lang/Object;");
      }
      for (Type parameter : method.parameters) {
        descriptor.append(erased(parameter));
      }
      return descriptor.append(")Ljava/lang/Object;").toString();
    }

    /** A site names no class of the application, which might be missing or out of its reach. */
    private static String erased(Type type) {
      return boxOf(type) == null ? "Ljava/lang/Object;" : type.getDescriptor();
    }

    private void callSite(String name, String descriptor) {
      super.visitInvokeDynamicInsn(name, descriptor, LINK, method.id());
    }

    private void unbox() {
      String box = boxOf(result);
      if (box == null) {
        super.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
        return;
      }
      super.visitTypeInsn(Opcodes.CHECKCAST, box);
      super.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL,
          box,
          result.getClassName() + "Value",
          "()" + result.getDescriptor(),
          false);
    }

    private static @Nullable String boxOf(Type type) {
      return switch (type.getSort()) {
        case Type.BOOLEAN -> "java/lang/Boolean";
        case Type.CHAR -> "java/lang/Character";
        case Type.BYTE -> "java/lang/Byte";
        case Type.SHORT -> "java/lang/Short";
        case Type.INT -> "java/lang/Integer";
        case Type.LONG -> "java/lang/Long";
        case Type.FLOAT -> "java/lang/Float";
        case Type.DOUBLE -> "java/lang/Double";
        default -> null;
      };
    }

    /** The locals as the method finds them, with or without the token; one object on the stack. */
    private void visitInitialFrame(boolean withToken, @Nullable String onStack) {
      Object[] locals = new Object[tokenSlot + 1];
      int count = 0;
      int slot = 0;
      if (!method.isStatic()) {
        locals[count++] = model.name();
        slot++;
      }
      for (Type parameter : method.parameters) {
        locals[count++] = frameTypeOf(parameter);
        slot += parameter.getSize();
      }
      if (withToken) {
        while (slot++ < tokenSlot) {
          locals[count++] = Opcodes.TOP;
        }
        locals[count++] = "java/lang/Object";
      }
      super.visitFrame(
          Opcodes.F_NEW, count, locals, onStack == null ? 0 : 1, new Object[] {onStack});
    }

    private void visitHandlerFrame(@Nullable Object resultType) {
      visitLaterFrame(resultType, "java/lang/Throwable");
    }

    /** Behind the method's code: nothing is known of its own locals. */
    private void visitLaterFrame(@Nullable Object resultType, @Nullable String onStack) {
      Object[] locals = new Object[tokenSlot + 2];
      for (int i = 0; i < tokenSlot; i++) {
        locals[i] = Opcodes.TOP;
      }
      locals[tokenSlot] = "java/lang/Object";
      if (resultType != null) {
        locals[tokenSlot + 1] = resultType;
      }
      super.visitFrame(
          Opcodes.F_NEW,
          resultType == null ? tokenSlot + 1 : tokenSlot + 2,
          locals,
          onStack == null ? 0 : 1,
          new Object[] {onStack});
    }

    private static Object frameTypeOf(Type type) {
      return switch (type.getSort()) {
        case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Opcodes.INTEGER;
        case Type.LONG -> Opcodes.LONG;
        case Type.FLOAT -> Opcodes.FLOAT;
        case Type.DOUBLE -> Opcodes.DOUBLE;
        default -> type.getInternalName();
      };
    }

    private static int sizeOf(Object frameType) {
      return frameType == Opcodes.LONG || frameType == Opcodes.DOUBLE ? 2 : 1;
    }
  }
}
