package io.github.rediscached.agent.http;

import io.github.rediscached.agent.call.CallContext;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.HttpOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@code http}, to be found by path: one without wildcards first, else the first in
 * the order of the file. Immutable and thread-safe.
 */
final class Routes {

  /** After so many requests it is said which rules none of them has matched. */
  private static final int ENOUGH_REQUESTS = 1_000;

  private final AgentLog log;
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<String, Route> exact = new HashMap<>();
  private final List<Route> others = new ArrayList<>();

  Routes(List<Route> routes, AgentLog log) {
    this.log = log;
    for (Route route : routes) {
      if (route.pattern().isExact()) {
        exact.put(route.options().path(), route);
      } else {
        others.add(route);
      }
    }
  }

  /** Those of the rules that can be used; the log says why others can't. */
  static Routes of(
      List<HttpOptions> rules, CallContext calls, Consumer<Class<?>> opener, AgentLog log) {
    List<Route> routes = new ArrayList<>();
    for (HttpOptions options : rules) {
      try {
        routes.add(Route.of(options, calls, opener));
      } catch (IllegalArgumentException e) {
        log.warn("`http`: its responses are not cached: `path` " + e.getMessage());
      } catch (ExpressionException | ReflectiveOperationException e) {
        log.warn("`http` " + options.path() + ": its responses are not cached: " + e.getMessage());
      }
    }
    return new Routes(routes, log);
  }

  @Nullable Route of(String path) {
    Route found = find(path);
    if (found != null) {
      found.used();
    }
    if (requests.get() < ENOUGH_REQUESTS && requests.incrementAndGet() == ENOUGH_REQUESTS) {
      reportUnused();
    }
    return found;
  }

  private @Nullable Route find(String path) {
    Route found = exact.get(path);
    if (found != null) {
      return found;
    }
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).pattern().match(path) != null) {
        return others.get(i);
      }
    }
    return null;
  }

  private void reportUnused() {
    List<Route> all = new ArrayList<>(exact.values());
    all.addAll(others);
    for (Route route : all) {
      if (!route.isUsed()) {
        log.info(
            "`http` "
                + route.options().path()
                + ": none of the first "
                + ENOUGH_REQUESTS
                + " requests of this JVM was for this path. A path begins at the root of the server"
                + " and has the application's context path, if there is one; case counts.");
      }
    }
  }
}
