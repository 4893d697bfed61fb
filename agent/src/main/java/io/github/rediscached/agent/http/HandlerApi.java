package io.github.rediscached.agent.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is written against one API by which handlers are run. For a servlet API it is defined beside
 * that API, where the application's container sees it.
 */
public interface HandlerApi {

  /**
   * A handler is about to run.
   *
   * @param runner the object whose method runs it
   * @param response null where the request stands for both
   * @return {@link HttpCache#ANSWERED}, a {@link Ticket}, or null to let the handler run unobserved
   * @throws IOException of the client's connection, while an answer was written
   */
  @Nullable Object enter(HttpCache cache, Object runner, Object request, @Nullable Object response)
      throws IOException;
}
