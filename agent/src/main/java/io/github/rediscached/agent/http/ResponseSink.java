package io.github.rediscached.agent.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The container's own response, behind any wrapper of the agent: the way to the client. What stands
 * between the agent and the container's API implements it.
 */
public interface ResponseSink extends ResponseHead {

  int status();

  void status(int status);

  void set(String name, String value);

  void add(String name, String value);

  boolean isCommitted();

  /**
   * Writes the body, or a part of it.
   *
   * @param charset null for bytes; else they are text, and filters may expect it to be written so
   */
  void write(byte[] bytes, int from, int length, @Nullable String charset) throws IOException;

  /** Ends the answer: the client has all of it, though the handler may still run. */
  void close() throws IOException;
}
