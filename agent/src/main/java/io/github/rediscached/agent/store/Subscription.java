package io.github.rediscached.agent.store;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes a new connection to a channel, and tries whether a message that is published there
 * comes before later answers; a proxy may have another way for messages. {@link Handshake} makes
 * it, while nobody else uses the connection.
 *
 * <p>The difficulty: Redis answers a subscription by a push, which is the answer to no command, and
 * a refusal by an error, which is. Lettuce takes each answer for that of the oldest command. So a
 * PING is sent behind it. If the PING's answer comes for the subscription, that has no answer of
 * its own, and one command too many is waiting: then two are written that count as one.
 */
final class Subscription implements PushListener {

  private final Link link;
  private final byte[] channel;
  private final byte[] sign =
      Long.toHexString(ThreadLocalRandom.current().nextLong()).getBytes(StandardCharsets.US_ASCII);
  private final CompletableFuture<String> refusal = new CompletableFuture<>();

  // On the socket's thread only.
  private @Nullable String refused;
  private boolean heard;

  Subscription(Link link, byte[] channel) {
    this.link = link;
    this.channel = channel;
  }

  /**
   * Sends what it takes, and returns at once.
   *
   * @return why there is none; empty if there is. Fails if the connection can't be used any more
   */
  CompletableFuture<String> begin() {
    link.hear(this);
    link.sendTogether(List.of(new Subscribe(), new Ping()));
    return refusal.whenComplete((reason, failure) -> link.unhear(this));
  }

  @Override
  public void onPushMessage(PushMessage message) {
    List<Object> content = message.getContent();
    heard |=
        message.getType().equals("message")
            && content.size() == 3
            && ByteBuffer.wrap(sign).equals(content.get(2));
  }

  private final class Subscribe extends Request {

    Subscribe() {
      super(CommandType.SUBSCRIBE, channel);
    }

    @Override
    void answered(byte[] @Nullable [] answer) {
      if (answer.length == 1 && Arrays.equals(answer[0], sign)) {
        link.send(new Publish());
      } else {
        // It answers in a way that would shift all answers after it.
        refusal.completeExceptionally(
            new IllegalStateException("SUBSCRIBE is not answered by a push"));
      }
    }

    @Override
    void failed(Throwable failure) {
      refuse("SUBSCRIBE", failure);
    }
  }

  /** Its answer is its own if the subscription was refused, else that of {@link Publish}. */
  private final class Ping extends Request {

    Ping() {
      super(CommandType.PING, sign);
    }

    @Override
    void answered(byte[] @Nullable [] answer) {
      if (refused != null) {
        refusal.complete(refused);
      }
    }

    @Override
    void failed(Throwable failure) {
      refuse("PUBLISH", failure);
    }
  }

  /** Publishes, behind which comes a PING whose answer is taken for that of both. */
  private final class Publish extends Request {

    private final Request publish =
        new Request(CommandType.PUBLISH, channel, sign) {
          @Override
          void answered(byte[] @Nullable [] answer) {}

          @Override
          void failed(Throwable failure) {}
        };

    Publish() {
      super(CommandType.PING);
    }

    @Override
    public void encode(ByteBuf out) {
      publish.encode(out);
      super.encode(out);
    }

    @Override
    void answered(byte[] @Nullable [] answer) {
      String reason = heard ? "" : "messages do not come in the order of answers";
      refusal.complete(refused == null ? reason : refused);
    }

    @Override
    void failed(Throwable failure) {
      refusal.completeExceptionally(failure);
    }
  }

  private void refuse(String command, Throwable failure) {
    if (failure instanceof RedisCommandExecutionException) {
      refused = command + ": " + Reason.of(failure);
    } else {
      refusal.completeExceptionally(failure);
    }
  }
}
