package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first commands on a connection: asks Redis to tell of changes, loads the scripts, and asks
 * what process it is. What Redis refuses of it must not fail the connection.
 */
final class Greeting extends Exchange<Greeting.Answer> {

  private final @Nullable Reply tracking;
  private final @Nullable Reply caching;
  private final Reply server;

  /**
   * What Redis has said.
   *
   * @param untracked why it does not tell of changes; empty if it does
   * @param server what it says of its process; empty if it refuses
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Answer(String untracked, byte[] @Nullable [] server) {}

  Greeting(Link link, List<Script> scripts) {
    super(link);
    boolean pushes = link.canPush();
    // A user may have the right to the one and not to the other. It concerns the next command
    // only, and none of those below reads a key.
    this.tracking =
        pushes ? add(command(link, CommandType.CLIENT, "TRACKING", "ON", "OPTIN")) : null;
    this.caching = pushes ? add(command(link, CommandType.CLIENT, "CACHING", "YES")) : null;
    for (Script script : scripts) {
      // It does no harm if this fails: a script can be sent itself.
      add(new Reply(this, link, CommandType.SCRIPT, ascii("LOAD"), script.source()));
    }
    this.server = add(command(link, CommandType.INFO, "server"));
  }

  @Override
  Answer result() throws RequestFailedException {
    boolean tracks = granted(tracking).length > 0 && granted(caching).length > 0;
    return new Answer(tracks ? "" : refusal(), granted(server));
  }

  private String refusal() {
    for (Reply reply : new @Nullable Reply[] {tracking, caching}) {
      Throwable failure = reply == null ? null : reply.failure();
      if (failure != null) {
        return Reason.of(failure);
      }
    }
    return "it does not speak RESP3, which Redis does from version 6 on";
  }

  /** The answer; empty if Redis refuses. */
  private byte[] @Nullable [] granted(@Nullable Reply reply) throws RequestFailedException {
    if (reply == null
        || (reply.failure() != null && RequestFailedException.isByRedis(reply.failure()))) {
      return new byte[0][];
    }
    return answerOf(reply);
  }

  private Reply command(Link link, CommandType command, String... words) {
    byte[][] arguments = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = ascii(words[i]);
    }
    return new Reply(this, link, command, arguments);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
