package io.github.rediscached.agent.jmx;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A Redis that answers INFO with what a test says, or fails, and counts how often it was asked. */
class FakeRedis implements RedisView {

  final AtomicInteger infos = new AtomicInteger();
  volatile Map<String, String> info = Map.of();
  volatile boolean broken;

  @Override
  public boolean connected() {
    return answer(true);
  }

  @Override
  public long timeouts() {
    return answer(3L);
  }

  @Override
  public long errors() {
    return answer(4L);
  }

  @Override
  public long reconnects() {
    return answer(5L);
  }

  @Override
  public long pendingInvalidations() {
    return answer(6L);
  }

  @Override
  public Map<String, String> info() {
    infos.incrementAndGet();
    return answer(info);
  }

  private <T> T answer(T value) {
    if (broken) {
      throw new IllegalStateException("no Redis");
    }
    return value;
  }
}
