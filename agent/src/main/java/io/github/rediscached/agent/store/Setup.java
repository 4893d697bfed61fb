package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.thread.Timer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each new connection needs to know. {@link RedisStore} fills it before the first one begins,
 * and nothing changes later.
 */
final class Setup {

  final RedisAccess access;
  final AgentLog log;

  /** Where Redis does not tell of changes. */
  final Announcements announcements;

  /** See {@link Link}. */
  final long patienceNanos;

  /** For all that has a deadline and no thread that waits. */
  final Timer timer = new Timer("rediscached-timer");

  /** What each new connection loads into Redis. */
  List<Script> scripts = List.of();

  /** Told of each new connection. */
  RedisStore.@Nullable ConnectionHook hook;

  /** Told of changes. */
  RedisStore.ChangeListener changes = RedisStore.ChangeListener.NONE;

  /** How long results are kept in memory where nobody tells of changes. */
  @Nullable Duration untrackedTtl;

  /** How long where only JVMs tell of what they change. */
  Duration toldTtl = Duration.ZERO;

  private @Nullable Clients clients;
  private boolean closed;

  Setup(RedisAccess access, String namespace, AgentLog log) {
    this.access = access;
    this.announcements = new Announcements(namespace);
    this.log = log;
    this.patienceNanos =
        Math.max(access.connectTimeout().toNanos(), 2 * access.timeout().toNanos());
  }

  /**
   * Makes connections. For threads of the agent only: what Netty makes remembers the thread that
   * makes it, and an application's would keep its class loader.
   */
  synchronized Clients clients() {
    Clients present = clients;
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    if (present == null) {
      present = new Clients(access, log);
      clients = present;
    }
    return present;
  }

  /** Ends the threads of connections, which are closed. */
  synchronized void close() {
    closed = true;
    if (clients != null) {
      clients.close();
    }
  }
}
