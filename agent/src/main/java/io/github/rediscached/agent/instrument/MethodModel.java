package io.github.rediscached.agent.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** What a class file says of one method. Filled by {@link ClassModel}, then only read. */
final class MethodModel {

  final int access;
  final String name;
  final String descriptor;
  final Type[] parameters;

  /** A method that it calls. */
  record Call(String owner, String name) {}

  /** A field that it reads or writes. */
  record Field(String owner, String name) {}

  /** The descriptors of its annotations. */
  final Set<String> annotations = new HashSet<>();

  /** Its {@code @RedisCached}. */
  @Nullable Annotation cached;

  /** Its {@code @RedisEvict}s. */
  final List<Annotation> evicts = new ArrayList<>();

  /** Its {@code @RedisPut}. */
  @Nullable Annotation put;

  /** The parameters with {@code @KeyIgnore}. */
  final BitSet keyIgnored = new BitSet();

  final @Nullable String[] parameterNames;

  /** Of a bridge method: the descriptor of the method of its own name that it calls. */
  @Nullable String bridgeTarget;

  /** Of a bridge method: whether the method it calls is inherited. */
  boolean bridgesInherited;

  /** Whether the call sites are in its code already. */
  boolean changed;

  private final Set<Call> calls = new HashSet<>();
  private final Set<Field> fields = new HashSet<>();

  int maxStack;
  int maxLocals;
  int returns;

  MethodModel(int access, String name, String descriptor) {
    this.access = access;
    this.name = name;
    this.descriptor = descriptor;
    this.parameters = Type.getArgumentTypes(descriptor);
    this.parameterNames = new @Nullable String[parameters.length];
  }

  boolean is(int flag) {
    return (access & flag) != 0;
  }

  boolean isStatic() {
    return is(Opcodes.ACC_STATIC);
  }

  boolean isAbstract() {
    return is(Opcodes.ACC_ABSTRACT);
  }

  boolean isBridge() {
    return is(Opcodes.ACC_BRIDGE);
  }

  boolean isInherited() {
    return !is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE) && !name.startsWith("<");
  }

  void calls(String owner, String name) {
    calls.add(new Call(owner, name));
  }

  void uses(String owner, String name) {
    fields.add(new Field(owner, name));
  }

  /** The one method that it calls; null if it calls none or several. */
  @Nullable Call onlyCall() {
    return calls.size() == 1 ? calls.iterator().next() : null;
  }

  /** The one field that it uses; null if it uses none or several. */
  @Nullable Field onlyField() {
    return fields.size() == 1 ? fields.iterator().next() : null;
  }

  /** Whether it has one of our annotations that ask for something. */
  boolean isAnnotated() {
    return cached != null || put != null || !evicts.isEmpty();
  }

  /** Name and descriptor: what identifies it in its class. */
  String id() {
    return name + descriptor;
  }

  List<String> parameterTypes() {
    List<String> names = new ArrayList<>();
    for (Type parameter : parameters) {
      names.add(parameter.getClassName());
    }
    return names;
  }

  List<@Nullable String> names() {
    return Arrays.asList(parameterNames);
  }
}
