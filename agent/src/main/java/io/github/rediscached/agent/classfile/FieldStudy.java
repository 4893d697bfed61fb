package io.github.rediscached.agent.classfile;

import io.github.rediscached.agent.classfile.FieldFacts.Role;
import io.github.rediscached.agent.type.Jdk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Finds the roles of the fields of one class, for {@link FieldFacts}. It reads the class file, and
 * those of the classes of its nest, since these may store into private fields.
 */
final class FieldStudy {

  /** Bounds the work. A class with more fields is not studied. */
  private static final int MAX_FIELDS = 1_000;

  private static final int FIELD_REFERENCE = 9;

  private final String owner;
  private final List<FieldHistory> histories = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Set<String> nest = new LinkedHashSet<>();

  private FieldStudy(String owner) {
    this.owner = owner;
  }

  /** The roles of the fields by name and descriptor; empty if they are unknown. */
  static Map<String, Role> of(Class<?> type) {
    if (type.isArray() || type.isPrimitive() || type.isInterface() || Jdk.owns(type)) {
      return Map.of();
    }
    FieldStudy study = new FieldStudy(Type.getInternalName(type));
    try (LoadedClassFiles files = new LoadedClassFiles()) {
      byte[] classFile = files.of(type);
      return classFile == null ? Map.of() : study.roles(type, classFile, files);
    } catch (RuntimeException | LinkageError e) {
      // An unusual compiler may make code that the analysis can't follow.
      return Map.of();
    }
  }

  private Map<String, Role> roles(Class<?> type, byte[] classFile, LoadedClassFiles files) {
    new ClassReader(classFile)
        .accept(
            new Declarations(),
            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    if (histories.isEmpty() || histories.size() > MAX_FIELDS) {
      return Map.of();
    }
    follow(classFile);
    Map<String, Role> roles = decide();
    if (roles.containsValue(Role.MEMO) || roles.containsValue(Role.FRESH)) {
      for (String member : nestOf(type, files)) {
        byte[] other = files.beside(type, member);
        if (other == null) {
          roles.replaceAll((field, role) -> role == Role.MEMO ? Role.GIVEN : role);
          return roles;
        } else if (refersToFields(other)) {
          follow(other);
        }
      }
      roles = decide();
    }
    return roles;
  }

  /** The other classes of the nest, which may store into private fields. */
  private Set<String> nestOf(Class<?> type, LoadedClassFiles files) {
    Set<String> all = new LinkedHashSet<>(nest);
    for (String host : nest) {
      byte[] hostFile = files.beside(type, host);
      if (hostFile != null) {
        new ClassReader(hostFile)
            .accept(
                new ClassVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitNestMember(String member) {
                    all.add(member);
                  }
                },
                ClassReader.SKIP_CODE);
      }
    }
    all.remove(owner);
    return all;
  }

  private boolean refersToFields(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      if (item > 0
          && reader.readByte(item - 1) == FIELD_REFERENCE
          && owner.equals(reader.readClass(item, buffer))) {
        return true;
      }
    }
    return false;
  }

  private void follow(byte[] classFile) {
    ClassFlow flow = new ClassFlow(owner, numbers);
    flow.read(classFile);
    for (FieldStore store : flow.stores()) {
      histories.get(store.field()).add(store);
    }
    for (int i = 0; i < histories.size(); i++) {
      long bit = FlowValue.bit(i);
      if ((flow.filledFromOutside() & bit) != 0
          || ((flow.handedOut() & bit) != 0 && histories.get(i).field().isContainer())) {
        histories.get(i).setFilledFromOutside();
      }
      if ((flow.lazyReferences() & bit) != 0) {
        histories.get(i).setLazyReference();
      }
    }
  }

  private Map<String, Role> decide() {
    long guards = guards(0);
    // A guard counts only if all that it guards are memos.
    guards = guards(guards) & guards;
    Map<String, Role> roles = new HashMap<>();
    for (int i = 0; i < histories.size(); i++) {
      boolean isGuard = (guards & FlowValue.bit(i)) != 0;
      FieldHistory history = histories.get(i);
      roles.put(history.field().key(), isGuard ? Role.MEMO : history.role(guards));
    }
    return roles;
  }

  /** The fields that tell whether memos are computed, out of some candidates. */
  private long guards(long candidates) {
    long guards = 0;
    for (int i = 0; i < Math.min(histories.size(), Long.SIZE - 1); i++) {
      if (histories.get(i).mayBeGuard() && guardsMemos(FlowValue.bit(i), candidates)) {
        guards |= FlowValue.bit(i);
      }
    }
    return guards;
  }

  private boolean guardsMemos(long guard, long candidates) {
    boolean found = false;
    for (FieldHistory history : histories) {
      if (history.isComputedUnder(guard)) {
        if (!history.isMemo(candidates | guard)) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  private final class Declarations extends ClassVisitor {

    Declarations() {
      super(Opcodes.ASM9);
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      if ((access & Opcodes.ACC_STATIC) != 0) {
        return null;
      }
      FieldDeclaration field = new FieldDeclaration(access, name, descriptor);
      numbers.put(field.key(), histories.size());
      histories.add(new FieldHistory(field, histories.size()));
      return new FieldVisitor(Opcodes.ASM9) {
        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
          if (visible) {
            field.annotatedBy(annotation);
          }
          return null;
        }
      };
    }

    @Override
    public void visitNestHost(String host) {
      nest.add(host);
    }

    @Override
    public void visitNestMember(String member) {
      nest.add(member);
    }
  }
}
