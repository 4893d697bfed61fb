package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import org.jspecify.annotations.Nullable;

/** Reads keys, and perhaps runs a script right behind that; one round trip. */
final class ReadExchange extends Exchange<RedisStore.Read> {

  private final @Nullable TrackNext trackNext;
  private final boolean told;
  private final Reply read;
  private final @Nullable Reply run;

  /**
   * @param track whether the changes of the keys are to be told, where Redis or other JVMs do so
   * @param after null for none
   */
  ReadExchange(Link link, byte[][] keys, boolean track, RedisStore.@Nullable ScriptCall after) {
    super(link);
    this.trackNext = track && link.isTracking() ? new TrackNext() : null;
    if (trackNext != null) {
      add(trackNext);
    }
    this.told = track && trackNext == null && link.isTold();
    this.read = add(new Reply(this, link, CommandType.MGET, keys));
    this.run =
        after == null
            ? null
            : add(new Reply(this, link, after.script(), after.keys(), after.arguments()));
  }

  @Override
  RedisStore.Read result() throws RequestFailedException {
    byte[] @Nullable [] values = answerOf(read);
    boolean tracked = trackNext == null ? told : trackNext.isGranted();
    return new RedisStore.Read(
        values, tracked, run == null || run.failure() != null ? null : run.answer());
  }
}
