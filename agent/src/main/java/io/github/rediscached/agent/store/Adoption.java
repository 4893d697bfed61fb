package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buckets that a connection to a server of a cluster is about to serve. What a new connection does
 * is done in each of them. {@link ClusterNode} makes it.
 *
 * @param adopted the buckets
 * @param handshake has the deadline
 * @param server names the server
 */
record Adoption(
    Buckets buckets,
    List<Integer> adopted,
    Link link,
    Map<String, String> info,
    Handshake handshake,
    Object server)
    implements RedisStore.NewConnection {

  @Override
  public byte[] @Nullable [] run(Script script, byte[][] keys, byte[][] arguments)
      throws StoreUnavailableException {
    BatchExchange batch = new BatchExchange(link);
    for (int bucket : adopted) {
      batch.script(script, buckets.inRedis(bucket, keys), arguments);
    }
    return answers(batch).get(0);
  }

  @Override
  public void unlink(byte[][] keys) throws StoreUnavailableException {
    BatchExchange batch = new BatchExchange(link);
    int[] homes = buckets.of(keys);
    for (int bucket : adopted) {
      byte[][] its = buckets.in(bucket, keys, homes);
      if (its.length > 0) {
        batch.command(CommandType.UNLINK, its);
      }
    }
    List<byte[] @Nullable []> ignored = answers(batch);
  }

  /** All of them. */
  private List<byte[] @Nullable []> answers(BatchExchange batch) throws StoreUnavailableException {
    List<byte[] @Nullable []> answers = new ArrayList<>();
    for (Reply reply : handshake.within(batch)) {
      Throwable failure = reply.failure();
      if (failure != null) {
        throw new StoreUnavailableException(String.valueOf(failure.getMessage()), link.isOpen());
      }
      answers.add(reply.answer());
    }
    return answers;
  }

  @Override
  public long bucketSet() {
    long set = 0;
    for (int bucket : adopted) {
      set |= Buckets.bit(bucket);
    }
    return set;
  }

  @Override
  public boolean serves(byte[] key) {
    return adopted.contains(buckets.of(key));
  }

  @Override
  public void runAll(List<RedisStore.ScriptCall> calls) throws StoreUnavailableException {
    handshake.runAll(calls, keys -> buckets.inRedis(buckets.of(keys[0]), keys));
  }
}
