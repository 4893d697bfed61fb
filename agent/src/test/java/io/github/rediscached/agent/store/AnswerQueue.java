package io.github.rediscached.agent.store;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what became of scripts that were sent, as text. */
final class AnswerQueue implements RedisStore.Answer {

  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  @Override
  public void answered(byte[] @Nullable [] answer) {
    ends.add(OwnRedis.texts(answer).toString());
  }

  @Override
  public void failed(boolean connected) {
    ends.add(connected ? "failed" : "not connected");
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
