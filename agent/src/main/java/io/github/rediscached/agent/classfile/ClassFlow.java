package io.github.rediscached.agent.classfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Follows the values through all methods of a class, and notes what is stored into some fields. It
 * reads the code as often as it takes until nothing new is known at any label. Not thread-safe.
 */
final class ClassFlow extends ClassVisitor {

  private static final int MAX_ROUNDS = 20;

  private final String owner;
  private final Map<String, Integer> fields;
  private final Map<Long, FlowFrame> frames = new HashMap<>();
  private final List<FieldStore> stores = new ArrayList<>();
  private final AtomicUses atomicUses;
  private String className = "";
  private int method;
  private boolean changed;
  private long filledFromOutside;
  private long handedOut;

  /**
   * Prepares to read a class file.
   *
   * @param owner the internal name of the class that declares the fields
   * @param fields the number of each field, by name and descriptor
   */
  ClassFlow(String owner, Map<String, Integer> fields) {
    super(Opcodes.ASM9);
    this.owner = owner;
    this.fields = fields;
    this.atomicUses = new AtomicUses();
  }

  /** Reads it. */
  void read(byte[] classFile) {
    ClassReader reader = new OffsetReader(classFile);
    int rounds = 0;
    do {
      if (rounds++ == MAX_ROUNDS) {
        throw new IllegalStateException("no end of " + className);
      }
      changed = false;
      method = 0;
      stores.clear();
      reader.accept(this, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    } while (changed);
  }

  List<FieldStore> stores() {
    return stores;
  }

  AtomicUses atomicUses() {
    return atomicUses;
  }

  /** The fields with an object that the class puts into what it is given. */
  long filledFromOutside() {
    return filledFromOutside;
  }

  /** The fields with an object that a method gives to its caller. */
  long handedOut() {
    return handedOut;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    className = name;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    method++;
    return new MethodFlow(
        this, new StoringMethod(access, name, descriptor, className.equals(owner)));
  }

  /** The number of a field; {@link FlowValue#NONE} for those of other classes. */
  int field(String itsOwner, String name, String descriptor) {
    Integer number = itsOwner.equals(owner) ? fields.get(name + descriptor) : null;
    return number == null ? FlowValue.NONE : number;
  }

  void store(FieldStore store) {
    stores.add(store);
  }

  void filled(int field) {
    filledFromOutside |= FlowValue.bit(field);
  }

  void handedOut(int field) {
    handedOut |= FlowValue.bit(field);
  }

  /** Adds one way to a label to the others. */
  void arrive(Label label, FlowFrame frame) {
    Long place = place(label);
    FlowFrame known = frames.get(place);
    FlowFrame merged = known == null ? frame.copy() : known.or(frame);
    if (merged != null) {
      frames.put(place, merged);
      changed = true;
    }
  }

  /** What is known at a label from the ways that were seen; null if none was. */
  @Nullable FlowFrame at(Label label) {
    FlowFrame frame = frames.get(place(label));
    return frame == null ? null : frame.copy();
  }

  private Long place(Label label) {
    return ((long) method << Integer.SIZE) | (Integer) label.info;
  }

  /** Gives each label its offset: each reading makes new ones. */
  private static final class OffsetReader extends ClassReader {

    OffsetReader(byte[] classFile) {
      super(classFile);
    }

    @Override
    protected Label readLabel(int bytecodeOffset, Label[] labels) {
      Label label = super.readLabel(bytecodeOffset, labels);
      label.info = bytecodeOffset;
      return label;
    }
  }
}
