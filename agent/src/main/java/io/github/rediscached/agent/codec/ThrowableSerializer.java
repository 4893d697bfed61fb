package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions: message, stack trace, cause, suppressed exceptions, and the fields of their class.
 * The stack trace of a hit is that of the call that threw the exception.
 */
final class ThrowableSerializer extends ValueSerializer {

  private static final JdkField MESSAGE = new JdkField(Throwable.class, "detailMessage");
  private static final JdkField CAUSE = new JdkField(Throwable.class, "cause");
  private static final JdkField STACK_TRACE = new JdkField(Throwable.class, "stackTrace");
  private static final JdkField SUPPRESSED = new JdkField(Throwable.class, "suppressedExceptions");

  private static final FrameSerializer FRAME = new FrameSerializer();

  private final ObjectSerializer fields;

  /**
   * @throws Refusal if the fields can't be opened
   */
  ThrowableSerializer(Class<?> type, Opener opener) {
    super(Identity.EARLY);
    this.fields = new ObjectSerializer(type, opener);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Throwable thrown = (Throwable) value;
    Opener opener = writer.opener;
    writer.writeText((String) MESSAGE.get(opener, thrown));
    StackTraceElement[] frames = thrown.getStackTrace();
    writer.writeLength(frames.length);
    for (StackTraceElement frame : frames) {
      FRAME.write(writer, frame);
    }
    Object cause = CAUSE.get(opener, thrown);
    writer.out.writeBoolean(cause == thrown);
    if (cause != thrown) {
      writer.write(cause, ".cause");
    }
    writer.out.writeBoolean(SUPPRESSED.get(opener, thrown) != null);
    writer.writeElements((@Nullable Object[]) thrown.getSuppressed());
    fields.writeFields(writer, value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Throwable thrown = (Throwable) fields.instantiate();
    reader.place(thrown);
    Opener opener = reader.opener;
    MESSAGE.set(opener, thrown, reader.readText());
    StackTraceElement[] frames = new StackTraceElement[reader.readLength()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = FRAME.read(reader, StackTraceElement.class);
    }
    STACK_TRACE.set(opener, thrown, frames);
    CAUSE.set(opener, thrown, reader.in.readBoolean() ? thrown : reader.read());
    if (reader.in.readBoolean()) {
      SUPPRESSED.set(opener, thrown, noneSuppressed(opener));
    }
    for (Object suppressed : reader.readElements(reader.readLength())) {
      if (suppressed instanceof Throwable also && also != thrown) {
        thrown.addSuppressed(also);
      }
    }
    fields.readFields(reader, thrown);
    return thrown;
  }

  /** The list by which the JDK knows that nothing was suppressed yet. */
  private static @Nullable List<?> noneSuppressed(Opener opener) {
    Object none = SUPPRESSED.get(opener, new Throwable());
    return none instanceof List<?> list ? list : Collections.emptyList();
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    Throwable one = (Throwable) written;
    Throwable other = (Throwable) read;
    Opener opener = comparison.opener;
    Object cause = CAUSE.get(opener, one);
    Object otherCause = CAUSE.get(opener, other);
    return comparison.samePart(
            written, ".detailMessage", MESSAGE.get(opener, one), MESSAGE.get(opener, other))
        && comparison.sameInOrder(written, one.getStackTrace(), other.getStackTrace())
        && (cause == one) == (otherCause == other)
        && (cause == one || comparison.samePart(written, ".cause", cause, otherCause))
        && comparison.sameInOrder(written, one.getSuppressed(), other.getSuppressed())
        && fields.isSame(comparison, written, read);
  }
}
