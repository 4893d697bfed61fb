package io.github.rediscached.agent.instrument;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a class file's constant pool without building anything: the first glance at every class
 * that the application loads, some two microseconds each. Layout: JVM specification, chapter 4.
 */
final class ClassFile {

  private static final int CONSTANT_POOL_COUNT_AT = 8;
  private static final int CONSTANT_POOL_AT = 10;

  private ClassFile() {}

  /** Whether a text with this beginning stands in the constant pool. */
  static boolean mentions(byte[] classFile, byte[] beginning) {
    int count = unsignedShort(classFile, CONSTANT_POOL_COUNT_AT);
    int at = CONSTANT_POOL_AT;
    for (int index = 1; index < count; index++) {
      int tag = classFile[at];
      if (tag == 1) {
        int length = unsignedShort(classFile, at + 1);
        if (length >= beginning.length && begins(classFile, at + 3, beginning)) {
          return true;
        }
        at += 3 + length;
      } else {
        if (tag == 5 || tag == 6) {
          index++;
        }
        at += sizeOf(tag);
      }
    }
    return false;
  }

  /**
   * The internal names of the superclass (first; null only where there is none) and of the
   * interfaces of a class.
   */
  static @Nullable String[] supertypes(byte[] classFile) {
    int count = unsignedShort(classFile, CONSTANT_POOL_COUNT_AT);
    int[] offsets = new int[count];
    int at = CONSTANT_POOL_AT;
    for (int index = 1; index < count; index++) {
      offsets[index] = at;
      int tag = classFile[at];
      if (tag == 1) {
        at += 3 + unsignedShort(classFile, at + 1);
      } else {
        if (tag == 5 || tag == 6) {
          index++;
        }
        at += sizeOf(tag);
      }
    }
    int superAt = at + 4;
    int interfaces = unsignedShort(classFile, at + 6);
    @Nullable String[] names = new String[1 + interfaces];
    names[0] = className(classFile, offsets, unsignedShort(classFile, superAt));
    for (int i = 0; i < interfaces; i++) {
      names[1 + i] = className(classFile, offsets, unsignedShort(classFile, at + 8 + 2 * i));
    }
    return names;
  }

  private static @Nullable String className(byte[] classFile, int[] offsets, int classIndex) {
    if (classIndex == 0) {
      return null;
    }
    int utf8At = offsets[unsignedShort(classFile, offsets[classIndex] + 1)];
    return new String(
        classFile, utf8At + 3, unsignedShort(classFile, utf8At + 1), StandardCharsets.UTF_8);
  }

  private static int sizeOf(int tag) {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
      case 5, 6 -> 9;
      default -> throw new IllegalArgumentException("constant pool tag " + tag);
    };
  }

  private static boolean begins(byte[] bytes, int at, byte[] text) {
    // Most descriptors of classes have their beginning in common.
    for (int i = text.length - 1; i >= 0; i--) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }
}
