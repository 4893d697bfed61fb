package io.github.rediscached.agent.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A Lua script that Redis runs as one atomic command. Make it once, it computes its digest. */
public final class Script {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] source;
  private final byte[] sha1;

  public Script(String source) {
    this.source = source.getBytes(StandardCharsets.UTF_8);
    this.sha1 = hex(sha1(this.source));
  }

  byte[] source() {
    return source;
  }

  /** The arguments of EVALSHA, which names the script by its digest. */
  byte[][] byDigest(byte[][] keys, byte[][] arguments) {
    return call(sha1, keys, arguments);
  }

  /** The arguments of EVAL, which sends the script itself. */
  byte[][] bySource(byte[][] keys, byte[][] arguments) {
    return call(source, keys, arguments);
  }

  private static byte[][] call(byte[] script, byte[][] keys, byte[][] arguments) {
    byte[][] all = new byte[2 + keys.length + arguments.length][];
    all[0] = script;
    all[1] = Integer.toString(keys.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(keys, 0, all, 2, keys.length);
    System.arraycopy(arguments, 0, all, 2 + keys.length, arguments.length);
    return all;
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private static byte[] hex(byte[] bytes) {
    byte[] text = new byte[2 * bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = HEX[(bytes[i] >> 4) & 0xF];
      text[2 * i + 1] = HEX[bytes[i] & 0xF];
    }
    return text;
  }
}
