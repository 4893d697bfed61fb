package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a new connection does before it serves anybody: loads the scripts, asks Redis to tell of
 * changes, and has the hook do its part, all by one deadline.
 */
final class Handshake implements RedisStore.NewConnection {

  private static final byte[] LOAD = ascii("LOAD");
  private static final byte[] TRACKING = ascii("TRACKING");
  private static final byte[] ON = ascii("ON");
  private static final byte[] ONLY_ON_REQUEST = ascii("OPTIN");
  private static final byte[] CACHING = ascii("CACHING");
  private static final byte[] YES = ascii("YES");
  private static final byte[] SERVER = ascii("server");

  private final Link link;
  private final long deadlineNanos;
  private Map<String, String> info = Map.of();

  Handshake(Link link, long deadlineNanos) {
    this.link = link;
    this.deadlineNanos = deadlineNanos;
  }

  /** All that does not depend on each other is sent at once, so this takes one round trip. */
  void greet(List<Script> scripts, RedisStore.@Nullable ConnectionHook hook)
      throws StoreUnavailableException {
    List<Request> requests = new ArrayList<>();
    AwaitedRequest tracking = null;
    AwaitedRequest caching = null;
    if (link.canPush()) {
      tracking = new AwaitedRequest(CommandType.CLIENT, TRACKING, ON, ONLY_ON_REQUEST);
      // A user may have the right to the one and not to the other. It concerns the next command
      // only, and none of those below reads a key.
      caching = new AwaitedRequest(CommandType.CLIENT, CACHING, YES);
      requests.add(tracking);
      requests.add(caching);
    }
    for (Script script : scripts) {
      requests.add(new Unheeded(CommandType.SCRIPT, LOAD, script.source()));
    }
    AwaitedRequest server = null;
    if (hook != null) {
      server = new AwaitedRequest(CommandType.INFO, SERVER);
      requests.add(server);
    }
    if (!requests.isEmpty()) {
      link.sendTogether(requests);
    }
    if (tracking != null
        && caching != null
        && granted(tracking) != null
        && granted(caching) != null) {
      link.tracking();
    }
    if (hook != null && server != null) {
      byte @Nullable [] @Nullable [] answer = granted(server);
      if (answer != null) {
        info = InfoReply.parse(answer);
      }
      hook.connected(this);
    }
  }

  /** The answer; null if Redis refuses, which no connection must fail for. */
  private byte @Nullable [] @Nullable [] granted(AwaitedRequest request)
      throws StoreUnavailableException {
    try {
      return link.await(request, leftNanos());
    } catch (TimeoutException e) {
      throw silence();
    } catch (RequestFailedException e) {
      if (e.byRedis()) {
        return null;
      }
      throw failure(e);
    }
  }

  @Override
  public Map<String, String> info() {
    return info;
  }

  @Override
  public byte[] @Nullable [] run(Script script, byte[][] keys, byte[][] arguments)
      throws StoreUnavailableException {
    try {
      return link.run(script, keys, arguments, leftNanos());
    } catch (TimeoutException e) {
      throw silence();
    } catch (RequestFailedException e) {
      throw failure(e);
    }
  }

  @Override
  public long unlink(byte[][] keys) throws StoreUnavailableException {
    try {
      return link.unlink(keys, leftNanos());
    } catch (TimeoutException e) {
      throw silence();
    } catch (RequestFailedException e) {
      throw failure(e);
    }
  }

  private long leftNanos() {
    return deadlineNanos - System.nanoTime();
  }

  private static StoreUnavailableException silence() {
    return new StoreUnavailableException("no answer within `redis.connect-timeout`", true);
  }

  private StoreUnavailableException failure(RequestFailedException e) {
    return new StoreUnavailableException(String.valueOf(e.getMessage()), link.isOpen());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Has its merits if it succeeds, and does no harm if not: a script can be sent itself. */
  private static final class Unheeded extends SentRequest {

    Unheeded(CommandType type, byte[]... arguments) {
      super(type, arguments);
    }

    @Override
    void ended(@Nullable Throwable failure) {}
  }
}
