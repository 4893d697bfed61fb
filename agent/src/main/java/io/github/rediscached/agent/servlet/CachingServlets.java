package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.Exchange;
import io.github.rediscached.agent.http.HandlerApi;
import io.github.rediscached.agent.http.HandlerRun;
import io.github.rediscached.agent.http.HttpCache;
import io.github.rediscached.agent.http.Route;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the handlers of servlet containers: asks the cache with the first handler of each
 * request, and sees which later runs (forwards, asynchronous dispatches) go on with an answer that
 * is being recorded. {@code HttpSites} calls it. Thread-safe.
 */
public final class CachingServlets implements HandlerApi {

  /** What the names of our attributes begin with. */
  static final String PREFIX = "io.github.rediscached.";

  /** Where a request keeps the run whose handler has gone on asynchronously. */
  static final String ATTRIBUTE = CachingServlets.PREFIX + "exchange";

  /**
   * Where a request keeps that it was looked up: what one handler calls is a part of its answer.
   */
  private static final String SEEN = CachingServlets.PREFIX + "seen";

  private final ApplicationNames applications = new ApplicationNames();

  public CachingServlets() {}

  @Override
  public @Nullable Object enter(
      HttpCache cache, Object runner, Object request, @Nullable Object response)
      throws IOException {
    if (!(request instanceof HttpServletRequest asked)
        || !(response instanceof HttpServletResponse answer)) {
      return null;
    }
    DispatcherType dispatcher = asked.getDispatcherType();
    if (dispatcher == DispatcherType.INCLUDE) {
      RecordedRequest including = recordedIn(asked);
      return including == null ? null : including.run().included();
    }
    if (dispatcher != DispatcherType.REQUEST) {
      return dispatcher == DispatcherType.FORWARD || dispatcher == DispatcherType.ASYNC
          ? goingOn(asked, dispatcher == DispatcherType.ASYNC)
          : null;
    }
    String path = ServletView.path(asked);
    Route route = cache.route(path);
    if (route == null || recordedIn(asked) != null || asked.getAttribute(SEEN) != null) {
      return null;
    }
    ServletSink sink = new ServletSink(answer);
    Object run = cache.begin(route, new ServletView(asked, path, applications), sink);
    if (run == HttpCache.ANSWERED) {
      return run;
    }
    asked.setAttribute(SEEN, true);
    if (run instanceof Exchange exchange) {
      return new RecordedRun(exchange, asked, sink);
    }
    return run instanceof HandlerRun followed ? new FollowedRun(followed, asked, sink) : run;
  }

  /** The run whose answer a further handler goes on with; null if nothing is recorded. */
  private static @Nullable Object goingOn(HttpServletRequest request, boolean dispatched) {
    RecordedRequest recorded = recordedIn(request);
    if (recorded != null) {
      return recorded.run().goingOn(dispatched);
    }
    return request.getAttribute(ATTRIBUTE) instanceof RecordedRun run
        ? run.goingOn(dispatched)
        : null;
  }

  /** Containers and applications wrap requests in turn. */
  private static @Nullable RecordedRequest recordedIn(HttpServletRequest request) {
    ServletRequest each = request;
    while (each instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof RecordedRequest recorded) {
        return recorded;
      }
      each = wrapper.getRequest();
    }
    return null;
  }
}
