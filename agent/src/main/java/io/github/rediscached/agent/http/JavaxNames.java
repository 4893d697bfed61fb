package io.github.rediscached.agent.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Makes of a class file that is written against {@code jakarta.servlet} the same against {@code
 * javax.servlet}: in each text of its constant pool the one stands for the other. Layout: JVM
 * specification, chapter 4.4.
 */
final class JavaxNames {

  private static final byte[] JAKARTA = "jakarta/servlet/".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JAVAX = "javax/servlet/".getBytes(StandardCharsets.US_ASCII);

  private static final int COUNT_AT = 8;
  private static final int POOL_AT = 10;

  private JavaxNames() {}

  static byte[] in(byte[] classFile) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(classFile.length);
    out.write(classFile, 0, POOL_AT);
    int count = unsignedShort(classFile, COUNT_AT);
    int at = POOL_AT;
    for (int index = 1; index < count; index++) {
      int tag = classFile[at];
      int length = lengthAt(classFile, at);
      if (tag == 1) {
        byte[] text = replaced(classFile, at + 3, length - 3);
        out.write(tag);
        out.write(text.length >> 8);
        out.write(text.length);
        out.write(text, 0, text.length);
      } else {
        out.write(classFile, at, length);
        if (tag == 5 || tag == 6) {
          index++;
        }
      }
      at += length;
    }
    out.write(classFile, at, classFile.length - at);
    return out.toByteArray();
  }

  private static int lengthAt(byte[] classFile, int at) {
    int tag = classFile[at];
    return switch (tag) {
      case 1 -> 3 + unsignedShort(classFile, at + 1);
      case 7, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
      case 5, 6 -> 9;
      default -> throw new IllegalArgumentException("constant pool tag " + tag);
    };
  }

  private static byte[] replaced(byte[] from, int start, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    int end = start + length;
    int at = start;
    while (at < end) {
      if (begins(from, at, end)) {
        out.write(JAVAX, 0, JAVAX.length);
        at += JAKARTA.length;
      } else {
        out.write(from[at++]);
      }
    }
    return out.toByteArray();
  }

  private static boolean begins(byte[] text, int at, int end) {
    if (end - at < JAKARTA.length) {
      return false;
    }
    for (int i = 0; i < JAKARTA.length; i++) {
      if (text[at + i] != JAKARTA[i]) {
        return false;
      }
    }
    return true;
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }
}
