package io.github.rediscached.agent.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is written against one copy of the servlet API. Its class is defined beside that API, where
 * the application's container sees it.
 */
public interface ServletApi {

  /**
   * A container runs a handler.
   *
   * @return {@link HttpCache#ANSWERED}, a {@link Ticket}, or null to let the handler run unobserved
   * @throws IOException of the client's connection, while an answer was written
   */
  @Nullable Object enter(HttpCache cache, Object request, Object response) throws IOException;
}
