package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import org.jspecify.annotations.Nullable;

/** One command, or one script; its answer is that of {@link FlatOutput}. */
final class SingleExchange extends Exchange<byte[] @Nullable []> {

  private final Reply reply;

  SingleExchange(Link link, CommandType command, byte[]... arguments) {
    super(link);
    this.reply = add(new Reply(this, link, command, arguments));
  }

  SingleExchange(Link link, Script script, byte[][] keys, byte[][] arguments) {
    super(link);
    this.reply = add(new Reply(this, link, script, keys, arguments));
  }

  @Override
  byte[] @Nullable [] result() throws RequestFailedException {
    return answerOf(reply);
  }
}
