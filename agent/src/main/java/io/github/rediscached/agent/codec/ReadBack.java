package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check of all serializers at run time. The bytes of the first value of each class are read
 * back and compared with the value before they are stored: a serializer that is wrong for a class
 * causes a refusal, never a wrong hit. The class then counts as verified. {@link SpotChecks} checks
 * later values now and then; a difference ends the verification. Called by {@link ValueFormat};
 * thread-safe.
 */
final class ReadBack {

  /** A larger value would take too much memory a second time; a smaller one will come. */
  private static final int MAX_BYTES = 8 << 20;

  private final ValueCodec codec;
  private final ValueFormat format;

  ReadBack(ValueCodec codec, ValueFormat format) {
    this.codec = codec;
    this.format = format;
  }

  /**
   * Checks a value that holds classes that are not verified.
   *
   * @return why it can't be stored; null if it can
   */
  @Nullable Refusal check(
      byte[] bytes, int from, @Nullable Object value, Set<KnownClass> unverified) {
    if (bytes.length > MAX_BYTES) {
      return null;
    }
    try {
      Refusal difference =
          new Comparison(codec).differenceOf(value, format.read(bytes, from, bytes.length));
      if (difference == null) {
        for (KnownClass known : unverified) {
          known.verified = true;
        }
      }
      return difference;
    } catch (UnreadableValueException e) {
      return e.getCause() instanceof VirtualMachineError
          ? null
          : failure(value, "which can't be read back: " + withoutDot(e.getMessage()));
    } catch (Refusal e) {
      return e;
    } catch (RuntimeException | LinkageError e) {
      return failure(
          value, "which could not be compared after it was read back: " + e.getClass().getName());
    } catch (VirtualMachineError e) {
      // No stack or memory left for that.
      return null;
    }
  }

  /** Checks a value that may have changed since: a difference only has the next value checked. */
  void recheck(byte[] bytes, int from, Object value) {
    Comparison comparison = new Comparison(codec);
    try {
      Object read = format.read(bytes, from, bytes.length);
      if (comparison.differenceOf(value, read) == null) {
        return;
      }
    } catch (UnreadableValueException | RuntimeException | LinkageError e) {
      // A difference like any other.
    } catch (VirtualMachineError e) {
      return;
    }
    codec.known(value.getClass()).verified = false;
    for (KnownClass known : comparison.met) {
      known.verified = false;
    }
  }

  private static Refusal failure(@Nullable Object value, String why) {
    Class<?> type = value == null ? Object.class : value.getClass();
    return Refusal.of(type, why, Comparison.REMEDY);
  }

  private static String withoutDot(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
