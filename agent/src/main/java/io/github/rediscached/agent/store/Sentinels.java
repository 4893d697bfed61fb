package io.github.rediscached.agent.store;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks Sentinels where the master is, before each connection, one after the other until one knows.
 * Lettuce's own way has no deadline where a Sentinel does not know the master. {@link BareClient}
 * has it for a URI with Sentinels. For the one thread that connects.
 */
final class Sentinels {

  /** How the message begins where no Sentinel tells. */
  static final String UNKNOWN = "no Sentinel tells where the master is";

  private final List<RedisClient> clients;
  private final String master;
  private final long timeoutNanos;
  private int nextAsked;

  /**
   * @param clients one for each Sentinel
   * @param master the name of the master
   * @param timeoutNanos for the answer of one
   */
  Sentinels(List<RedisClient> clients, String master, long timeoutNanos) {
    this.clients = List.copyOf(clients);
    this.master = master;
    this.timeoutNanos = timeoutNanos;
  }

  /** Of a node. */
  record Address(String host, int port) {}

  /**
   * Where the master is now.
   *
   * @throws RedisConnectionException if no Sentinel knows
   */
  Address master() {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < clients.size(); i++) {
      int asked = (nextAsked + i) % clients.size();
      try {
        Address found = ask(clients.get(asked));
        if (found != null) {
          // The one that has answered is asked first the next time.
          nextAsked = asked;
          return found;
        }
        failures.add("one does not know \"" + master + "\"");
      } catch (RuntimeException e) {
        failures.add(Reason.of(e));
      }
    }
    throw new RedisConnectionException(UNKNOWN + ": " + String.join("; ", failures));
  }

  private @Nullable Address ask(RedisClient client) {
    var connection =
        (StatefulRedisConnectionImpl<byte[], byte[]>) client.connect(ByteArrayCodec.INSTANCE);
    try {
      Question question = new Question(master);
      connection.getChannelWriter().write(question);
      byte[] @Nullable [] answer = question.answer.get(timeoutNanos, TimeUnit.NANOSECONDS);
      if (answer.length < 2 || answer[0] == null || answer[1] == null) {
        return null;
      }
      return new Address(
          new String(answer[0], StandardCharsets.UTF_8),
          Integer.parseInt(new String(answer[1], StandardCharsets.US_ASCII)));
    } catch (ExecutionException | TimeoutException e) {
      throw new RedisConnectionException("no answer of a Sentinel", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisConnectionException("interrupted", e);
    } finally {
      CompletableFuture<Void> unused = connection.closeAsync();
    }
  }

  private static final class Question extends Request {

    private final CompletableFuture<byte[] @Nullable []> answer = new CompletableFuture<>();

    Question(String master) {
      super(
          CommandType.SENTINEL,
          "get-master-addr-by-name".getBytes(StandardCharsets.US_ASCII),
          master.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void answered(byte[] @Nullable [] reply) {
      answer.complete(reply);
    }

    @Override
    void failed(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }
}
