package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import org.jspecify.annotations.Nullable;

/** A command to a server that is about to get the slot of its keys (ASKING). */
final class AskingExchange extends Exchange<byte[] @Nullable []> {

  private final Reply reply;

  AskingExchange(Link link, CommandType command, byte[]... arguments) {
    super(link);
    add(
        new Request(CommandType.ASKING) {
          @Override
          void answered(byte[] @Nullable [] answer) {}

          @Override
          void failed(Throwable failure) {}
        });
    this.reply = add(new Reply(this, link, command, arguments));
  }

  @Override
  byte[] @Nullable [] result() throws RequestFailedException {
    return answerOf(reply);
  }
}
