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
 * Follows the values through all methods of a class, and collects the stores into some fields.
 * {@link FieldStudy} calls it. Not thread-safe.
 *
 * <p>The idea is that of a data-flow analysis by abstract interpretation (Kildall: A Unified
 * Approach to Global Program Optimization, 1973; the JVM's verifier works alike). {@link
 * MethodFlow} runs the code on {@link FlowValue}s, which say where a value may come from, instead
 * of values. Where two ways meet at a label, their {@link FlowFrame}s are merged. A loop may bring
 * new knowledge back to a label, so the code is read again until no frame changes. Merging only
 * adds possibilities, so that ends.
 */
final class ClassFlow extends ClassVisitor {

  private static final int MAX_ROUNDS = 20;

  private final String owner;
  private final Map<String, Integer> fields;
  private final Map<Long, FlowFrame> frames = new HashMap<>();
  private final List<FieldStore> stores = new ArrayList<>();
  private String className = "";
  private int method;
  private boolean changed;
  private long setOnDemand;
  private long setOtherwise;
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
  }

  /** Follows the code of a class file. */
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

  /**
   * The fields with an {@code AtomicReference} that only methods without parameters set, and only
   * after they have read it, as a lazy getter of Lombok does.
   */
  long lazyReferences() {
    return setOnDemand & ~setOtherwise;
  }

  /** The fields whose object a method fills with an argument. */
  long filledFromOutside() {
    return filledFromOutside;
  }

  /** The fields whose object a method returns to its caller. */
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

  /** The number of a field; {@link FlowValue#NONE} if it is one of another class. */
  int field(String itsOwner, String name, String descriptor) {
    Integer number = itsOwner.equals(owner) ? fields.get(name + descriptor) : null;
    return number == null ? FlowValue.NONE : number;
  }

  void store(FieldStore store) {
    stores.add(store);
  }

  /**
   * The reference in a field is set.
   *
   * @param wasRead whether the same method has read it before
   */
  void setReference(int field, FlowValue value, StoringMethod method, boolean wasRead) {
    if (wasRead && method.isGetter() && !method.hasParameters() && !value.isLiteral()) {
      setOnDemand |= FlowValue.bit(field);
    } else {
      setOtherwise |= FlowValue.bit(field);
    }
  }

  void filled(int field) {
    filledFromOutside |= FlowValue.bit(field);
  }

  void handedOut(int field) {
    handedOut |= FlowValue.bit(field);
  }

  /** Merges one more way to a label with the others. */
  void arrive(Label label, FlowFrame frame) {
    Long place = place(label);
    FlowFrame known = frames.get(place);
    FlowFrame merged = known == null ? frame.copy() : known.or(frame);
    if (merged != null) {
      frames.put(place, merged);
      changed = true;
    }
  }

  /** The frame at a label, from all ways seen so far; null if there was none. */
  @Nullable FlowFrame at(Label label) {
    FlowFrame frame = frames.get(place(label));
    return frame == null ? null : frame.copy();
  }

  private Long place(Label label) {
    return ((long) method << Integer.SIZE) | (Integer) label.info;
  }

  /** Stores the offset in each label, since each reading makes new labels. */
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
