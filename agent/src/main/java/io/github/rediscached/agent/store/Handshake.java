package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a new connection does before it serves anybody: loads the scripts, asks Redis to tell of
 * changes, and has the hook do its part, all by one deadline. {@link Connector} makes it.
 */
final class Handshake implements RedisStore.NewConnection {

  private final Link link;
  private final long deadlineNanos;
  private Map<String, String> info = Map.of();

  Handshake(Link link, long deadlineNanos) {
    this.link = link;
    this.deadlineNanos = deadlineNanos;
  }

  /** All that does not depend on each other is sent at once, so this takes one round trip. */
  void greet(List<Script> scripts) throws StoreUnavailableException {
    Greeting.Answer answer = within(new Greeting(link, scripts));
    if (answer.tracks()) {
      link.tracking();
    }
    info = InfoReply.parse(answer.server());
  }

  @Override
  public Map<String, String> info() {
    return info;
  }

  @Override
  public byte[] @Nullable [] run(Script script, byte[][] keys, byte[][] arguments)
      throws StoreUnavailableException {
    return within(new SingleExchange(link, script, keys, arguments));
  }

  @Override
  public void unlink(byte[][] keys) throws StoreUnavailableException {
    byte[] @Nullable [] ignored = within(new SingleExchange(link, CommandType.UNLINK, keys));
  }

  @Override
  public long bucketSet() {
    return RedisStore.ALL_BUCKETS;
  }

  @Override
  public boolean serves(byte[] key) {
    return true;
  }

  @Override
  public void runAll(List<RedisStore.ScriptCall> calls) throws StoreUnavailableException {
    runAll(calls, UnaryOperator.identity());
  }

  /**
   * @param inRedis the keys of a call as they are in Redis
   */
  void runAll(List<RedisStore.ScriptCall> calls, UnaryOperator<byte[][]> inRedis)
      throws StoreUnavailableException {
    BatchExchange batch = new BatchExchange(link);
    for (RedisStore.ScriptCall call : calls) {
      batch.script(call.script(), inRedis.apply(call.keys()), call.arguments());
    }
    for (Reply reply : within(batch)) {
      Throwable failure = reply.failure();
      if (failure != null && !RequestFailedException.isByRedis(failure)) {
        throw unavailable(new RequestFailedException(failure));
      }
    }
  }

  @Override
  public Object server() {
    return RedisStore.ONE_SERVER;
  }

  <T> T within(Exchange<T> exchange) throws StoreUnavailableException {
    try {
      return exchange.await(deadlineNanos - System.nanoTime());
    } catch (RequestFailedException e) {
      throw unavailable(e);
    }
  }

  private StoreUnavailableException unavailable(RequestFailedException failure) {
    return failure.isTimeout()
        ? new StoreUnavailableException("no answer within `redis.connect-timeout`", true)
        : new StoreUnavailableException(String.valueOf(failure.getMessage()), link.isOpen());
  }
}
