package io.github.rediscached.agent.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, in the words of HTTP, as the handler would see it. What stands between the agent and
 * the container's API implements it; the cache only reads it.
 */
public interface RequestView {

  String method();

  /** The path from the root of the server by which the container has found the handler. */
  String path();

  /** The path as it was sent, with all that the container takes away or decodes. */
  String uri();

  /** The query as it was sent; null if there is none. */
  @Nullable String query();

  /** Scheme, host and port, as handlers see them: {@code https://shop.example:443}. */
  String origin();

  /** The lines of a header field; empty if it is not there. */
  List<String> fields(String name);

  /** The names of all header fields. */
  List<String> fieldNames();

  /** The name of the user that the container or a filter has found; null if there is none. */
  @Nullable String principal();

  /** The identifier of the session that there is already; null if there is none. */
  @Nullable String session();

  /** The names of all cookies. */
  List<String> cookieNames();

  /**
   * What tells the application that answers from others in this JVM, whatever the client says; the
   * same in each JVM that runs it.
   */
  String application();

  /** The value of a cookie; null if it is not there. */
  @Nullable String cookie(String name);
}
