package io.github.rediscached.agent.seal;

import io.github.rediscached.agent.thread.Pool;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses values by the JDK's own {@link Deflater}, at its fastest level and without header or
 * checksum, which entries have. Its objects hold memory outside of the heap, so a bounded number is
 * kept and the others are ended. Thread-safe.
 */
public final class Compression {

  /** Less is not worth the time that it takes to read the value. */
  private static final int LEAST_SAVING = 8;

  /** No stream of zlib is expanded by more (https://zlib.net/zlib_tech.html). */
  private static final int MOST_EXPANSION = 1_032;

  private final Pool<Deflater> deflaters =
      new Pool<>(() -> new Deflater(Deflater.BEST_SPEED, true));
  private final Pool<Inflater> inflaters = new Pool<>(() -> new Inflater(true));

  /** Null if that does not save an eighth at least. */
  public byte @Nullable [] compressed(byte[] bytes, int from, int to) {
    int length = to - from;
    byte[] out = new byte[length - length / LEAST_SAVING];
    Deflater deflater = deflaters.take();
    boolean kept = false;
    try {
      deflater.setInput(bytes, from, length);
      deflater.finish();
      int size = deflater.deflate(out);
      boolean fits = deflater.finished();
      deflater.reset();
      kept = deflaters.giveBack(deflater);
      return fits ? Arrays.copyOf(out, size) : null;
    } finally {
      if (!kept) {
        deflater.end();
      }
    }
  }

  /**
   * The bytes of which these were compressed.
   *
   * @param length how many those are; no more are made
   * @return null if these bytes are no compressed ones, or of more or less
   */
  public byte @Nullable [] expanded(byte[] bytes, int from, int to, int length) {
    if (length <= 0 || length / MOST_EXPANSION > to - from) {
      return null;
    }
    byte[] out = new byte[length];
    Inflater inflater = inflaters.take();
    boolean kept = false;
    try {
      inflater.setInput(bytes, from, to - from);
      int size = inflater.inflate(out);
      // The end of the stream may be still to come, but no byte of the value.
      boolean whole =
          size == length
              && (inflater.finished() || inflater.inflate(new byte[1]) == 0)
              && inflater.finished()
              && inflater.getRemaining() == 0;
      inflater.reset();
      kept = inflaters.giveBack(inflater);
      return whole ? out : null;
    } catch (DataFormatException e) {
      return null;
    } finally {
      if (!kept) {
        inflater.end();
      }
    }
  }
}
