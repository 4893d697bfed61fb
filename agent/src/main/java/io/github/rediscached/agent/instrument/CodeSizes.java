package io.github.rediscached.agent.instrument;

import net.bytebuddy.jar.asm.ClassReader;

/**
 * How many bytes of code the methods of a class file have. ASM knows it and does not tell, so this
 * walks over the class file's fields and methods: counts and lengths, nothing else.
 */
final class CodeSizes {

  private static final int INTERFACES_BEHIND_HEADER = 6;
  private static final int MEMBER_NAME = 2;
  private static final int MEMBER_DESCRIPTOR = 4;
  private static final int MEMBER_ATTRIBUTES = 6;
  private static final int ATTRIBUTE_CONTENT = 6;

  /** Behind the sizes of stack and locals. */
  private static final int CODE_LENGTH = ATTRIBUTE_CONTENT + 4;

  private final ClassReader file;
  private final char[] buffer;
  private final int methods;

  CodeSizes(ClassReader file) {
    this.file = file;
    this.buffer = new char[file.getMaxStringLength()];
    int interfaces = file.header + INTERFACES_BEHIND_HEADER;
    int at = interfaces + 2 + 2 * file.readUnsignedShort(interfaces);
    int fields = file.readUnsignedShort(at);
    at += 2;
    for (int i = 0; i < fields; i++) {
      at = behindAttributes(at + MEMBER_ATTRIBUTES);
    }
    this.methods = at;
  }

  /**
   * Of the method with this name and descriptor.
   *
   * @return 0 if it has no code
   */
  int of(String methodId) {
    int count = file.readUnsignedShort(methods);
    int at = methods + 2;
    for (int i = 0; i < count; i++) {
      String id =
          file.readUTF8(at + MEMBER_NAME, buffer) + file.readUTF8(at + MEMBER_DESCRIPTOR, buffer);
      if (id.equals(methodId)) {
        return codeLength(at + MEMBER_ATTRIBUTES);
      }
      at = behindAttributes(at + MEMBER_ATTRIBUTES);
    }
    return 0;
  }

  private int codeLength(int attributes) {
    int count = file.readUnsignedShort(attributes);
    int at = attributes + 2;
    for (int i = 0; i < count; i++) {
      if ("Code".equals(file.readUTF8(at, buffer))) {
        return file.readInt(at + CODE_LENGTH);
      }
      at += ATTRIBUTE_CONTENT + file.readInt(at + 2);
    }
    return 0;
  }

  private int behindAttributes(int attributes) {
    int count = file.readUnsignedShort(attributes);
    int at = attributes + 2;
    for (int i = 0; i < count; i++) {
      at += ATTRIBUTE_CONTENT + file.readInt(at + 2);
    }
    return at;
  }
}
