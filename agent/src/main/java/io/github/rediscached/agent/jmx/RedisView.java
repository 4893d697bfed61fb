package io.github.rediscached.agent.jmx;

import java.util.Map;

/**
 * The figures of the bean {@code type=Redis}. The agent implements it, so that this package does
 * not know the connection. Threads of JMX call it; it never connects.
 */
public interface RedisView {

  boolean connected();

  /** Commands without an answer within their deadline. */
  long timeouts();

  /** Commands that failed otherwise. */
  long errors();

  /** Connections made after the first one. */
  long reconnects();

  /** Keys whose invalidation has not reached Redis yet. */
  long pendingInvalidations();

  /**
   * The fields of the server's INFO, such as {@code used_memory}; empty while there is no
   * connection or if the server did not answer. Waits no longer than one command may.
   */
  Map<String, String> info();
}
