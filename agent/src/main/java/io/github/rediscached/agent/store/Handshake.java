package io.github.rediscached.agent.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a new connection does before it serves anybody: loads the scripts, asks Redis to tell of
 * changes or listens to other JVMs, and has the hook do its part, all by one deadline. {@link
 * Connector} makes it.
 */
final class Handshake implements RedisStore.NewConnection {

  private final Link link;
  private final Announcements announcements;
  private final long deadlineNanos;
  private Map<String, String> info = Map.of();
  private String untracked = "";
  private String unheard = "not in a cluster";

  Handshake(Link link, Announcements announcements, long deadlineNanos) {
    this.link = link;
    this.announcements = announcements;
    this.deadlineNanos = deadlineNanos;
  }

  /** All that does not depend on each other is sent at once, so this takes one round trip. */
  void greet(List<Script> scripts) throws StoreUnavailableException {
    Greeting.Answer answer = within(new Greeting(link, scripts));
    untracked = answer.untracked();
    if (untracked.isEmpty()) {
      link.tracking();
    }
    info = InfoReply.parse(answer.server());
  }

  /** Where Redis does not tell of changes: from now on other JVMs do, if Redis lets them. */
  void listen(RedisStore.ChangeListener changes) throws StoreUnavailableException {
    if (!link.canPush()) {
      unheard = untracked;
      return;
    }
    try {
      unheard =
          new Subscription(link, announcements.mark())
              .begin()
              .get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StoreUnavailableException("SUBSCRIBE: " + Reason.of(e), link.isOpen());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted", link.isOpen());
    }
    if (unheard.isEmpty()) {
      link.listening(new Mark(announcements, changes));
    }
  }

  void notListening(String reason) {
    unheard = reason;
  }

  /** Why Redis does not tell of changes. */
  String untracked() {
    return untracked;
  }

  /** Why other JVMs do not, either. */
  String unheard() {
    return unheard;
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
    byte[] @Nullable [] ignored = within(announcements.unlink(link, keys));
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
