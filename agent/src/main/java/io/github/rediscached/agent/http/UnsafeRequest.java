package io.github.rediscached.agent.http;

import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.protocol.Invalidation;
import io.github.rediscached.agent.protocol.Invalidations;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A request that may change what stored responses show, such as a POST: where it succeeds, it
 * invalidates the responses of its URI, those that its {@code Location} and {@code
 * Content-Location} name on the same host (RFC 9111, 4.4), and those with the rule's tags.
 */
final class UnsafeRequest implements HandlerRun {

  private final Route route;
  private final RequestView request;
  private final Invalidations invalidations;
  private final AgentLog log;
  private final List<String> tags = new ArrayList<>();
  private final AtomicBoolean ended = new AtomicBoolean();

  UnsafeRequest(Route route, RequestView request, Invalidations invalidations, AgentLog log) {
    this.route = route;
    this.request = request;
    this.invalidations = invalidations;
    this.log = log;
    tags.add(UriTag.of(request.path(), route.visibleQuery(request)));
    try {
      tags.addAll(route.tags(request));
    } catch (ExpressionException e) {
      log.warnOnce(
          "http tags " + route.options().path(),
          "`http` " + route.options().path() + ": " + e.getMessage());
    }
  }

  /** Else a client that asks again at once could get what was stored before. */
  @Override
  public void answersEarly() {
    try {
      Invalidation invalidation = invalidations.nothingYet();
      for (String tag : tags) {
        invalidation.tag(tag);
      }
      invalidations.unlink(invalidation);
    } catch (Throwable e) {
      log.warnOnce("http unsafe", "a request could not invalidate: " + e);
    }
  }

  @Override
  public boolean end(ResponseSink sink, boolean failed) {
    int status = sink.status();
    if (!ended.compareAndSet(false, true) || failed || status < 200 || status >= Statuses.ERRORS) {
      return false;
    }
    try {
      Invalidation invalidation = invalidations.nothingYet();
      for (String tag : tags) {
        invalidation.tag(tag);
      }
      addUri(invalidation, sink.fields("Location"));
      addUri(invalidation, sink.fields("Content-Location"));
      invalidations.unlink(invalidation);
      route.cache().stats().evicted(1);
    } catch (Throwable e) {
      log.warnOnce("http unsafe", "a request could not invalidate: " + e);
    }
    return false;
  }

  private void addUri(Invalidation invalidation, List<String> lines) {
    URI uri = lines.size() == 1 ? resolved(lines.get(0)) : null;
    if (uri != null && uri.getPath() != null) {
      invalidation.tag(UriTag.of(uri.getPath(), uri.getRawQuery()));
    }
  }

  /** Null if it is no URI, or one of another host, which has no say in ours. */
  private @Nullable URI resolved(String line) {
    try {
      URI base = URI.create(request.origin() + request.uri());
      URI uri = base.resolve(line.strip());
      return base.getAuthority().equalsIgnoreCase(withPort(uri)) ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String withPort(URI uri) {
    String authority = uri.getAuthority();
    if (authority == null || uri.getPort() >= 0) {
      return authority;
    }
    return authority + ("https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80");
  }
}
