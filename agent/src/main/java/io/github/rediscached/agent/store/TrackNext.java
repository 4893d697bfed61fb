package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Has Redis tell of changes of what the next command on the connection reads, so nothing may come
 * between the two. Its answer comes before that of the other.
 */
final class TrackNext extends Request {

  private static final byte[] CACHING = "CACHING".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] YES = "YES".getBytes(StandardCharsets.US_ASCII);

  private volatile boolean granted;

  TrackNext() {
    super(CommandType.CLIENT, CACHING, YES);
  }

  /** Once the other command is answered: whether Redis will tell. */
  boolean isGranted() {
    return granted;
  }

  @Override
  void answered(byte[] @Nullable [] answer) {
    granted = true;
  }

  @Override
  void failed(Throwable failure) {
    granted = false;
  }
}
