package io.github.rediscached.agent.jmx;

import java.util.Map;

/** What the bean of Redis shows. Called on threads of JMX. */
public interface RedisView {

  boolean connected();

  /** Commands without an answer within their deadline. */
  long timeouts();

  /** Commands that failed otherwise. */
  long errors();

  /** Connections made after the first one. */
  long reconnects();

  /** Keys that are to be invalidated as soon as Redis can be reached. */
  long pendingInvalidations();

  /**
   * The fields of the server's INFO, such as {@code used_memory}; empty while there is no
   * connection or if the server did not answer. Waits no longer than one command may.
   */
  Map<String, String> info();
}
