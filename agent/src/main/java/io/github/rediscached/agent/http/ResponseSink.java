package io.github.rediscached.agent.http;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The container's own response, behind any wrapper of the agent: the way to the client. What stands
 * between the agent and the container's API implements it.
 */
public interface ResponseSink {

  int status();

  void status(int status);

  /** The lines of a header field, by whomever they were set; empty if it is not there. */
  List<String> fields(String name);

  void set(String name, String value);

  void add(String name, String value);

  /** With the character set that the container has added; null if there is none. */
  @Nullable String contentType();

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
