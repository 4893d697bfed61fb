package io.github.rediscached.agent.httpserver;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import io.github.rediscached.agent.http.Exchange;
import io.github.rediscached.agent.http.HandlerApi;
import io.github.rediscached.agent.http.HandlerRun;
import io.github.rediscached.agent.http.HttpCache;
import io.github.rediscached.agent.http.Route;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the handlers of the JDK's own server, behind their filters. {@code HttpSites} calls
 * it with each step of a chain of filters. Exchanges by TLS run uncached: their handlers may want
 * the class that knows the session. Thread-safe.
 */
public final class CachingExchanges implements HandlerApi {

  private final Consumer<Class<?>> opener;
  private volatile @Nullable Fields fields;

  /** What a chain of filters keeps to itself. */
  private record Fields(Field filters, Field handler) {}

  /**
   * @param opener opens the package of a class to the agent
   */
  public CachingExchanges(Consumer<Class<?>> opener) {
    this.opener = opener;
  }

  @Override
  public @Nullable Object enter(
      HttpCache cache, Object runner, Object request, @Nullable Object response)
      throws IOException {
    if (!(runner instanceof Filter.Chain chain)
        || !(request instanceof HttpExchange exchange)
        || exchange instanceof HttpsExchange
        || exchange instanceof RecordedExchange
        || !runsHandler(chain)) {
      return null;
    }
    ExchangeView view = new ExchangeView(exchange);
    Route route = cache.route(view.path());
    if (route == null) {
      return null;
    }
    ExchangeSink sink = new ExchangeSink(exchange);
    Object run = cache.begin(route, view, sink);
    if (run instanceof Exchange recorded) {
      return new RecordedExchange(exchange, recorded, sink);
    }
    if (run == HttpCache.ANSWERED) {
      sink.close();
    }
    if (run instanceof HandlerRun followed) {
      followed.answersEarly();
      return new FollowedRun(followed, sink);
    }
    return run;
  }

  /** Whether no filter is left, and what follows is not the server's own second chain. */
  private boolean runsHandler(Filter.Chain chain) {
    try {
      Fields known = fields;
      if (known == null) {
        opener.accept(Filter.Chain.class);
        known =
            new Fields(
                Filter.Chain.class.getDeclaredField("iter"),
                Filter.Chain.class.getDeclaredField("handler"));
        known.filters.setAccessible(true);
        known.handler.setAccessible(true);
        fields = known;
      }
      return known.filters.get(chain) instanceof Iterator<?> filters
          && !filters.hasNext()
          && known.handler.get(chain) instanceof HttpHandler handler
          && !handler.getClass().getName().startsWith("sun.net.httpserver.");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
