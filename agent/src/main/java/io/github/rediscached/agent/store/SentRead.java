package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads keys of whose changes Redis is to tell; nobody waits for the answer. */
final class SentRead extends Request {

  private final TrackNext tracking;
  private final Consumer<RedisStore.@Nullable TrackedRead> end;

  /**
   * @param end given what was read, or null, on any thread; must not wait
   */
  SentRead(TrackNext tracking, byte[][] keys, Consumer<RedisStore.@Nullable TrackedRead> end) {
    super(CommandType.MGET, keys);
    this.tracking = tracking;
    this.end = end;
  }

  @Override
  void answered(byte[] @Nullable [] answer) {
    end.accept(new RedisStore.TrackedRead(answer, tracking.isGranted()));
  }

  @Override
  void failed(Throwable failure) {
    end.accept(null);
  }
}
