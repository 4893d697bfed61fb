package io.github.rediscached.agent.store;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Redis as one array: what stands in nested arrays stands in their place, a single
 * value is an array of one, and numbers are decimal text.
 */
final class FlatOutput extends CommandOutput<byte[], byte[], byte[] @Nullable []> {

  private static final byte[][] NOTHING = {};

  private int size;

  FlatOutput() {
    super(ByteArrayCodec.INSTANCE, NOTHING);
  }

  @Override
  public void multi(int count) {
    if (count < 0) {
      add(null);
    } else if (output == NOTHING) {
      output = new byte[count][];
    } else {
      // One of the elements that were announced is an array itself.
      output = Arrays.copyOf(output, output.length - 1 + count);
    }
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      add(null);
    } else {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      add(copy);
    }
  }

  @Override
  public void set(long integer) {
    addText(Long.toString(integer));
  }

  @Override
  public void set(double number) {
    addText(Double.toString(number));
  }

  @Override
  public void set(boolean value) {
    addText(value ? "1" : "0");
  }

  private void addText(String text) {
    add(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void add(byte @Nullable [] element) {
    if (output == NOTHING) {
      output = new byte[1][];
    }
    output[size++] = element;
  }
}
