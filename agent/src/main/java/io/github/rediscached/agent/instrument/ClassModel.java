package io.github.rediscached.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** What a class file says of a class and its methods. Read once, then only looked at. */
final class ClassModel extends ClassVisitor {

  static final int ASM = Opcodes.ASM9;
  static final String CACHED = "Lio/github/rediscached/RedisCached;";
  static final String EVICT = "Lio/github/rediscached/RedisEvict;";
  static final String EVICTS = "Lio/github/rediscached/RedisEvict$List;";
  static final String PUT = "Lio/github/rediscached/RedisPut;";
  static final String KEY_IGNORE = "Lio/github/rediscached/KeyIgnore;";

  private static final String KOTLIN_CHECKS = "kotlin/jvm/internal/Intrinsics";

  private int version;
  private int access;
  private String name = "";
  private @Nullable String superName;
  private String[] interfaces = {};
  private final List<MethodModel> methods = new ArrayList<>();

  private ClassModel() {
    super(ASM);
  }

  static ClassModel read(ClassReader classFile) {
    ClassModel model = new ClassModel();
    classFile.accept(model, ClassReader.SKIP_FRAMES);
    return model;
  }

  /** Another class that has methods of this one, with this one's code. */
  ClassModel standIn(String internalName, List<MethodModel> itsMethods) {
    ClassModel model = new ClassModel();
    model.version = version;
    model.access = Opcodes.ACC_PUBLIC;
    model.name = internalName;
    model.superName = superName;
    model.methods.addAll(itsMethods);
    return model;
  }

  int version() {
    return version & 0xFFFF;
  }

  boolean is(int flag) {
    return (access & flag) != 0;
  }

  /** The internal name. */
  String name() {
    return name;
  }

  String binaryName() {
    return name.replace('/', '.');
  }

  @Nullable String superName() {
    return superName;
  }

  String[] interfaces() {
    return interfaces;
  }

  List<MethodModel> methods() {
    return methods;
  }

  /** Such as {@code com.acme.Products.find(long)}. */
  String displayNameOf(MethodModel method) {
    return binaryName() + '.' + method.name + '(' + String.join(",", method.parameterTypes()) + ')';
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    this.version = version;
    this.access = access;
    this.name = name;
    this.superName = superName;
    this.interfaces = interfaces == null ? this.interfaces : interfaces;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodModel method = new MethodModel(access, name, descriptor);
    methods.add(method);
    return new MethodReader(method, this.name);
  }

  private static final class MethodReader extends MethodVisitor {

    private final MethodModel method;
    private final String owner;
    private final int[] parameterSlots;
    private int namedParameters;
    private int annotableParameters;

    MethodReader(MethodModel method, String owner) {
      super(ASM);
      this.method = method;
      this.owner = owner;
      this.annotableParameters = method.parameters.length;
      this.parameterSlots = new int[method.parameters.length];
      int slot = method.isStatic() ? 0 : 1;
      for (int i = 0; i < parameterSlots.length; i++) {
        parameterSlots[i] = slot;
        slot += method.parameters[i].getSize();
      }
    }

    @Override
    public void visitParameter(@Nullable String name, int access) {
      if (namedParameters < method.parameterNames.length) {
        method.parameterNames[namedParameters++] = name;
      }
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      method.annotations.add(descriptor);
      return switch (descriptor) {
        case CACHED -> cached();
        case PUT -> put();
        case EVICT -> evict();
        case EVICTS -> evicts();
        default -> null;
      };
    }

    private AnnotationVisitor cached() {
      Annotation cached = new Annotation();
      method.cached = cached;
      return new AttributeReader(cached);
    }

    private AnnotationVisitor put() {
      Annotation put = new Annotation();
      method.put = put;
      return new AttributeReader(put);
    }

    /** Those in the annotation that holds repeated ones. */
    private AnnotationVisitor evicts() {
      return new AnnotationVisitor(ASM) {
        @Override
        public AnnotationVisitor visitArray(String name) {
          return this;
        }

        @Override
        public AnnotationVisitor visitAnnotation(@Nullable String name, String repeated) {
          return evict();
        }
      };
    }

    private AnnotationVisitor evict() {
      Annotation evict = new Annotation();
      method.evicts.add(evict);
      return new AttributeReader(evict);
    }

    @Override
    public void visitAnnotableParameterCount(int parameterCount, boolean visible) {
      annotableParameters = parameterCount;
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(
        int parameter, String descriptor, boolean visible) {
      if (descriptor.equals(KEY_IGNORE)) {
        // Compilers leave out the parameters that they add in front.
        method.keyIgnored.set(parameter + method.parameters.length - annotableParameters);
      }
      return null;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String calledOwner, String name, String descriptor, boolean isInterface) {
      if (!calledOwner.equals(KOTLIN_CHECKS)) {
        method.calls(calledOwner, name);
      }
      boolean inherited = opcode == Opcodes.INVOKESPECIAL;
      if (method.isBridge()
          && name.equals(method.name)
          && (inherited || calledOwner.equals(owner))) {
        method.bridgeTarget = descriptor;
        method.bridgesInherited = inherited;
      }
    }

    @Override
    public void visitFieldInsn(int opcode, String fieldOwner, String name, String descriptor) {
      method.uses(fieldOwner, name);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      method.calls(bootstrap.getOwner(), name);
      if (bootstrap.getOwner().equals(BootBridge.INTERNAL_NAME)) {
        method.changed = true;
      }
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        method.returns++;
      }
    }

    @Override
    public void visitLocalVariable(
        String name,
        String descriptor,
        @Nullable String signature,
        Label start,
        Label end,
        int index) {
      for (int i = 0; i < parameterSlots.length; i++) {
        // The first one listed for a slot of a parameter is the parameter.
        if (parameterSlots[i] == index && method.parameterNames[i] == null) {
          method.parameterNames[i] = name;
        }
      }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      method.maxStack = maxStack;
      method.maxLocals = maxLocals;
    }
  }

  private static final class AttributeReader extends AnnotationVisitor {

    private final Annotation annotation;

    AttributeReader(Annotation annotation) {
      super(ASM);
      this.annotation = annotation;
    }

    @Override
    public void visit(String name, Object value) {
      annotation.put(name, value);
    }

    @Override
    public AnnotationVisitor visitArray(String name) {
      List<String> elements = new ArrayList<>();
      annotation.put(name, elements);
      return new AnnotationVisitor(ASM) {
        @Override
        public void visit(@Nullable String element, Object value) {
          elements.add(value instanceof Type type ? type.getClassName() : value.toString());
        }
      };
    }
  }
}
