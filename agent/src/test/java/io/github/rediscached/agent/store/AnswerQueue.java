package io.github.rediscached.agent.store;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what became of scripts that were sent, as text. */
final class AnswerQueue {

  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  /** Keeps the end of one more. */
  void add(CompletableFuture<byte[] @Nullable []> sent) {
    var ignored =
        sent.whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                ends.add(OwnRedis.texts(answer).toString());
              } else {
                ends.add(OwnRedis.unavailable(failure).connected() ? "failed" : "not connected");
              }
            });
  }

  /** The next one; waits for it. */
  String next() throws InterruptedException {
    return String.valueOf(ends.poll(OwnRedis.PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  /** The next one if it is there, else null. */
  @Nullable String present() {
    return ends.poll();
  }
}
