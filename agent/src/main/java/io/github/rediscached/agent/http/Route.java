package io.github.rediscached.agent.http;

import io.github.rediscached.agent.call.CallContext;
import io.github.rediscached.agent.call.KeyedCache;
import io.github.rediscached.agent.call.MethodPlan;
import io.github.rediscached.agent.call.MethodPlan.CachePlan;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionCall;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.expression.Template;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.HttpOptions;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A rule of {@code http} with the cache of its responses. Its key is the request's URI with origin
 * and query, and what the rule adds; each response has the rule's tags, and one for its path and
 * query, by which unsafe requests invalidate it. Immutable and thread-safe.
 */
public final class Route {

  /** The most that a response is kept, whatever it says. */
  static final Duration LONGEST = Duration.ofDays(100);

  /** What requests are to expressions: names of the parameters of {@link Calls#respond}. */
  private static final List<@Nullable String> NAMES = List.of("resource", "uri", "path", "query");

  /** The call for which a response is stored; nothing implements it. */
  @SuppressWarnings("UnusedMethod") // Found by reflection.
  private interface Calls {

    /**
     * @param resource the key
     * @param uri has the tag of the path and query
     * @param path the variables of the rule's path
     * @param query the parameters of the query that are in the key
     */
    StoredResponse respond(
        String resource,
        Map<String, String> uri,
        Map<String, String> path,
        Map<String, String> query);
  }

  private static final Method RESPOND = Calls.class.getDeclaredMethods()[0];

  private final HttpOptions options;
  private final PathPattern pattern;
  private final Credentials credentials;
  private final @Nullable QueryFilter queryFilter;
  private final Set<String> ignoredFields = new HashSet<>();
  private final List<Template> tags;
  private final KeyedCache cache;
  private final RefusedKeys refused = new RefusedKeys();
  private volatile boolean used;

  private Route(HttpOptions options, PathPattern pattern, List<Template> tags, KeyedCache cache) {
    this.options = options;
    this.pattern = pattern;
    this.credentials = new Credentials(options);
    List<String> parameters = options.query();
    this.queryFilter = parameters == null ? null : new QueryFilter(parameters);
    for (String name : options.ignoredHeaders()) {
      ignoredFields.add(name.toLowerCase(Locale.ROOT));
    }
    this.tags = tags;
    this.cache = cache;
  }

  /**
   * Makes the route of a rule.
   *
   * @param opener as for {@link Expression#parse}
   * @throws ExpressionException if one of its tags can't be used
   * @throws IllegalArgumentException if its path can't be used; the message completes a sentence
   *     that begins with {@code path}
   */
  static Route of(HttpOptions options, CallContext calls, Consumer<Class<?>> opener)
      throws ExpressionException, ReflectiveOperationException {
    PathPattern pattern = PathPattern.parse(options.path());
    List<Template> tags = new ArrayList<>();
    for (String tag : options.tags()) {
      tags.add(Template.parse("tags", tag, NAMES, false, opener));
    }
    List<Template> all = new ArrayList<>(tags);
    all.add(Template.parse("tags", "#{#uri.tag}", NAMES, false, opener));
    CachePlan cachePlan =
        new CachePlan(
            new CacheOptions(
                options.cacheName(),
                Duration.ofMillis(1),
                "#resource",
                null,
                null,
                false,
                List.of(),
                List.of(),
                null,
                LONGEST,
                options.near().shared(true)),
            Expression.parse("key", "#resource", NAMES, false, opener),
            null,
            null,
            List.copyOf(all));
    MethodPlan plan =
        new MethodPlan(
            RESPOND.getName(),
            "(Ljava/lang/String;Ljava/util/Map;Ljava/util/Map;Ljava/util/Map;)L"
                + StoredResponse.class.getName().replace('.', '/')
                + ";",
            "http " + options.path(),
            List.of(0),
            false,
            cachePlan,
            List.of(),
            List.of(),
            null);
    return new Route(options, pattern, List.copyOf(tags), calls.keyedCache(RESPOND, plan));
  }

  /** A request is for this route. */
  void used() {
    if (!used) {
      used = true;
    }
  }

  boolean isUsed() {
    return used;
  }

  HttpOptions options() {
    return options;
  }

  PathPattern pattern() {
    return pattern;
  }

  Credentials credentials() {
    return credentials;
  }

  /** The keys whose last response was not stored. */
  RefusedKeys refused() {
    return refused;
  }

  KeyedCache cache() {
    return cache;
  }

  @Nullable QueryFilter queryFilter() {
    return queryFilter;
  }

  /** Whether what a handler reads of this header field, in lower case, makes no difference. */
  private boolean ignores(String field) {
    return ignoredFields.contains("*") || ignoredFields.contains(field);
  }

  /** Whether a handler that reads a header field, in lower case, may answer differently by it. */
  boolean matters(String field) {
    return !KnownFields.isNeutral(field) && !ignores(field) && !credentials.hasField(field);
  }

  /** The arguments of a look-up. */
  @Nullable Object[] call(String key, RequestView request) {
    String path = request.path();
    String query = visibleQuery(request);
    return new @Nullable Object[] {
      key,
      RequestParts.ofUri(path, query),
      RequestParts.ofPath(pattern, path),
      RequestParts.ofQuery(query)
    };
  }

  /** The key of the first response that is stored for a request. */
  String key(RequestView request) {
    StringBuilder key = new StringBuilder(64).append(request.uri());
    String query = visibleQuery(request);
    if (query != null) {
      key.append('?').append(query);
    }
    String origin = request.origin();
    key.append(' ').append(origin);
    List<String> host = request.fields("Host");
    if (host.size() != 1 || !isOf(origin, host.get(0))) {
      key.append(' ').append(host);
    }
    key.append('\n').append(request.application());
    credentials.addTo(key, request);
    return key.toString();
  }

  /** Whether an origin ends with a host and port, behind the slashes. */
  private static boolean isOf(String origin, String host) {
    int slash = origin.length() - host.length() - 1;
    return slash >= 0 && origin.charAt(slash) == '/' && origin.endsWith(host);
  }

  /** The part of the query that belongs to the key. */
  @Nullable String visibleQuery(RequestView request) {
    String query = request.query();
    return queryFilter == null || query == null ? query : queryFilter.of(query);
  }

  /** The tags of all responses for a path, which an unsafe request there invalidates. */
  List<String> tags(RequestView request) throws ExpressionException {
    if (tags.isEmpty()) {
      return List.of();
    }
    ExpressionCall call =
        new ExpressionCall(RESPOND, null, call("", request), null, Route.class.getClassLoader());
    List<String> all = new ArrayList<>();
    for (Template tag : tags) {
      all.addAll(tag.evaluate(call));
    }
    return all;
  }
}
