package io.github.rediscached.agent.http;

import io.github.rediscached.agent.call.CallContext;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.HttpOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@code http}, to be found by path: one without wildcards first, else the first in
 * the order of the file. Immutable and thread-safe.
 */
final class Routes {

  private final Map<String, Route> exact = new HashMap<>();
  private final List<Route> others = new ArrayList<>();

  Routes(List<Route> routes) {
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
      } catch (ExpressionException | IllegalArgumentException | ReflectiveOperationException e) {
        log.warn("`http` " + options.path() + ": its responses are not cached: " + e.getMessage());
      }
    }
    return new Routes(routes);
  }

  @Nullable Route of(String path) {
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
}
