package io.github.rediscached.agent.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What a class file says of one method. Filled by {@link ClassModel}, then only read. */
final class MethodModel {

  final int access;
  final String name;
  final String descriptor;
  final Type[] parameters;

  /** The attributes of its {@code @RedisCached}, null if it has none. */
  @Nullable Map<String, Object> annotation;

  /** The parameters with {@code @KeyIgnore}. */
  final BitSet keyIgnored = new BitSet();

  final @Nullable String[] parameterNames;

  /** Of a bridge method: the descriptor of the method it calls. */
  @Nullable String bridgeTarget;

  boolean hasCode;
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

  boolean isBridge() {
    return is(Opcodes.ACC_BRIDGE);
  }

  boolean isInherited() {
    return !is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE) && !name.startsWith("<");
  }

  Map<String, Object> annotate() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    annotation = attributes;
    return attributes;
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
