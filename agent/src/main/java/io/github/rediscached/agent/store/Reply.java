package io.github.rediscached.agent.store;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A command of an {@link Exchange}, and what Redis has replied to it. A script is named by its
 * digest first, and sent as a whole where Redis does not have it any more.
 */
final class Reply extends Request {

  private static final AtomicIntegerFieldUpdater<Reply> TAKEN =
      AtomicIntegerFieldUpdater.newUpdater(Reply.class, "taken");

  private static final byte[][] NOTHING = {};

  private final Exchange<?> exchange;
  private final Link link;
  private final @Nullable Supplier<byte[][]> wholeScript;

  @SuppressWarnings("UnusedVariable") // Read by its updater.
  private volatile int taken;

  // Written before the exchange is told, and read after it has been.
  private byte[] @Nullable [] answer = NOTHING;
  private @Nullable Throwable failure;

  /** Of a command. */
  Reply(Exchange<?> exchange, Link link, CommandType command, byte[]... arguments) {
    super(command, arguments);
    this.exchange = exchange;
    this.link = link;
    this.wholeScript = null;
  }

  /** Of a script. */
  Reply(Exchange<?> exchange, Link link, Script script, byte[][] keys, byte[][] arguments) {
    super(CommandType.EVALSHA, script.byDigest(keys, arguments));
    this.exchange = exchange;
    this.link = link;
    this.wholeScript = () -> script.bySource(keys, arguments);
  }

  /** What Redis has replied; see {@link FlatOutput}. Empty if it has failed. */
  byte[] @Nullable [] answer() {
    return answer;
  }

  /**
   * Why there is no answer: a {@link TimeoutException}, an error of Redis, or the end of the
   * connection.
   */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  void answered(byte[] @Nullable [] reply) {
    link.answered(exchange.sentNanos());
    settle(reply, null);
  }

  @Override
  void failed(Throwable reason) {
    if (RequestFailedException.isOfTheConnection(reason)) {
      // A new one may lead elsewhere, or log in otherwise.
      link.giveUp();
    }
    if (wholeScript != null && RequestFailedException.isUnknownScript(reason)) {
      link.send(new WholeScript(wholeScript.get()));
    } else {
      settle(NOTHING, reason);
    }
  }

  /** No reply is waited for any longer. */
  void expire() {
    end();
    settle(NOTHING, new TimeoutException());
  }

  /** The command could not be sent. */
  void notSent(Throwable reason) {
    end();
    settle(NOTHING, reason);
  }

  private void settle(byte[] @Nullable [] reply, @Nullable Throwable reason) {
    if (!TAKEN.compareAndSet(this, 0, 1)) {
      return;
    }
    answer = reply;
    failure = reason;
    if (reason == null || reason instanceof RedisCommandExecutionException) {
      link.answered();
    }
    exchange.settled();
  }

  private final class WholeScript extends Request {

    WholeScript(byte[][] script) {
      super(CommandType.EVAL, script);
    }

    @Override
    void answered(byte[] @Nullable [] reply) {
      Reply.this.answered(reply);
    }

    @Override
    void failed(Throwable reason) {
      settle(NOTHING, reason);
    }
  }
}
