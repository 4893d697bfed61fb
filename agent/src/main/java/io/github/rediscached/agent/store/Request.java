package io.github.rediscached.agent.store;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way to Redis and its answer on the way back. Written as bytes at once, with
 * none of the objects that Lettuce's own commands are made of, since every hit makes one.
 */
abstract class Request implements RedisCommand<byte[], byte[], byte[] @Nullable []> {

  private static final AtomicIntegerFieldUpdater<Request> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(Request.class, "ended");

  private final CommandType type;
  private final byte[][] arguments;
  private CommandOutput<byte[], byte[], byte[] @Nullable []> output = new FlatOutput();
  private volatile int ended;

  Request(CommandType type, byte[]... arguments) {
    this.type = type;
    this.arguments = arguments;
  }

  /** Redis has answered. Called once at most, and never together with {@link #failed}. */
  abstract void answered(byte[] @Nullable [] answer);

  /** Redis answered with an error, or will not answer any more. */
  abstract void failed(Throwable failure);

  /** Forgets the answer, and does not send the request if it has not been sent yet. */
  final boolean end() {
    return ENDED.compareAndSet(this, 0, 1);
  }

  @Override
  public final void complete() {
    if (end()) {
      if (output.hasError()) {
        failed(new RedisCommandExecutionException(output.getError()));
      } else {
        answered(output.get());
      }
    }
  }

  @Override
  public final boolean completeExceptionally(Throwable failure) {
    boolean first = end();
    if (first) {
      failed(failure);
    }
    return first;
  }

  @Override
  public final void cancel() {
    completeExceptionally(new CancellationException("the connection ended"));
  }

  @Override
  public final boolean isCancelled() {
    return false;
  }

  @Override
  public final boolean isDone() {
    return ended != 0;
  }

  @Override
  public final CommandType getType() {
    return type;
  }

  @Override
  public final CommandArgs<byte[], byte[]> getArgs() {
    return new CommandArgs<>(ByteArrayCodec.INSTANCE);
  }

  @Override
  public final CommandOutput<byte[], byte[], byte[] @Nullable []> getOutput() {
    return output;
  }

  @Override
  public final void setOutput(CommandOutput<byte[], byte[], byte[] @Nullable []> output) {
    this.output = output;
  }

  /** An array of bulk strings: https://redis.io/docs/latest/develop/reference/protocol-spec/ */
  @Override
  public void encode(ByteBuf out) {
    writeLength(out, '*', 1 + arguments.length);
    writeBulk(out, type.getBytes());
    for (byte[] argument : arguments) {
      writeBulk(out, argument);
    }
  }

  private static void writeBulk(ByteBuf out, byte[] bytes) {
    writeLength(out, '$', bytes.length);
    out.writeBytes(bytes);
    writeLineEnd(out);
  }

  private static void writeLength(ByteBuf out, char marker, int length) {
    out.writeByte(marker);
    if (length < 10) {
      out.writeByte('0' + length);
    } else if (length < 100) {
      out.writeByte('0' + length / 10);
      out.writeByte('0' + length % 10);
    } else {
      out.writeCharSequence(Integer.toString(length), StandardCharsets.US_ASCII);
    }
    writeLineEnd(out);
  }

  private static void writeLineEnd(ByteBuf out) {
    out.writeByte('\r');
    out.writeByte('\n');
  }
}
