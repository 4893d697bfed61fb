package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.Exchange;
import io.github.rediscached.agent.http.QueryFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that a recorded handler sees. It tells the exchange what of the request the handler
 * has read that may make its answer one for this client only, shows the conditions of a
 * revalidation in place of the client's, and leaves out what the rule leaves out of the query.
 */
final class RecordedRequest extends HttpServletRequestWrapper {

  private final Exchange exchange;
  private final RecordedRun run;
  private @Nullable RecordedAsync async;

  RecordedRequest(HttpServletRequest request, Exchange exchange, RecordedRun run) {
    super(request);
    this.exchange = exchange;
    this.run = run;
  }

  RecordedRun run() {
    return run;
  }

  private HttpServletRequest asked() {
    return (HttpServletRequest) getRequest();
  }

  // Header fields

  @Override
  public @Nullable String getHeader(String name) {
    List<String> instead = read(name);
    if (instead == null) {
      return asked().getHeader(name);
    }
    return instead.isEmpty() ? null : instead.get(0);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    List<String> instead = read(name);
    return instead == null ? asked().getHeaders(name) : Collections.enumeration(instead);
  }

  @Override
  public long getDateHeader(String name) {
    List<String> instead = read(name);
    if (instead == null) {
      return asked().getDateHeader(name);
    }
    return instead.isEmpty() ? -1 : exchange.dateIn(instead.get(0));
  }

  @Override
  public int getIntHeader(String name) {
    read(name);
    return asked().getIntHeader(name);
  }

  private @Nullable List<String> read(@Nullable String name) {
    if (name == null) {
      return null;
    }
    exchange.hasRead(name);
    return exchange.instead(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    exchange.hasReadAll();
    Enumeration<String> sent = asked().getHeaderNames();
    List<String> added = exchange.added();
    if (added.isEmpty() || sent == null) {
      return sent;
    }
    List<String> names = new ArrayList<>(added);
    while (sent.hasMoreElements()) {
      String name = sent.nextElement();
      if (exchange.instead(name.toLowerCase(Locale.ROOT)) == null) {
        names.add(name);
      }
    }
    return Collections.enumeration(names);
  }

  @Override
  public Locale getLocale() {
    exchange.hasRead("Accept-Language");
    return asked().getLocale();
  }

  @Override
  public Enumeration<Locale> getLocales() {
    exchange.hasRead("Accept-Language");
    return asked().getLocales();
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    Cookie[] cookies = asked().getCookies();
    List<String> keyed = exchange.keyedCookies();
    if (keyed.isEmpty() || cookies == null) {
      exchange.hasRead("Cookie");
      return cookies;
    }
    List<Cookie> shown = new ArrayList<>();
    for (Cookie cookie : cookies) {
      if (keyed.contains(cookie.getName())) {
        shown.add(cookie);
      }
    }
    return shown.isEmpty() ? null : shown.toArray(new Cookie[0]);
  }

  // Users

  @Override
  public HttpSession getSession() {
    return getSession(true);
  }

  @Override
  public HttpSession getSession(boolean create) {
    HttpSession session = asked().getSession(create);
    if (session != null) {
      exchange.hasReadSession(session.getId());
    }
    return session;
  }

  @Override
  public String changeSessionId() {
    exchange.refuse("session");
    return asked().changeSessionId();
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    Principal principal = asked().getUserPrincipal();
    if (principal != null) {
      exchange.hasReadPrincipal();
    }
    return principal;
  }

  @Override
  public @Nullable String getRemoteUser() {
    String user = asked().getRemoteUser();
    if (user != null) {
      exchange.hasReadPrincipal();
    }
    return user;
  }

  @Override
  public boolean isUserInRole(String role) {
    boolean is = asked().isUserInRole(role);
    if (is) {
      exchange.hasReadPrincipal();
    }
    return is;
  }

  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    exchange.refuse("login");
    return asked().authenticate(response);
  }

  @Override
  public void login(String user, String password) throws ServletException {
    exchange.refuse("login");
    asked().login(user, password);
  }

  /** A filter's token against forged requests is in the page of one user. */
  @Override
  public @Nullable Object getAttribute(String name) {
    Object value = asked().getAttribute(name);
    if (value != null && name != null) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.contains("csrf") || lower.contains("xsrf")) {
        exchange.refuse("csrf-token");
      }
    }
    return value;
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> type)
      throws IOException, ServletException {
    exchange.refuse("upgrade");
    return asked().upgrade(type);
  }

  // The query

  @Override
  public @Nullable String getQueryString() {
    String query = asked().getQueryString();
    QueryFilter filter = exchange.queryFilter();
    return filter == null || query == null ? query : filter.of(query);
  }

  @Override
  public @Nullable String getParameter(String name) {
    QueryFilter filter = exchange.queryFilter();
    return filter == null || filter.shows(name) ? asked().getParameter(name) : null;
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    QueryFilter filter = exchange.queryFilter();
    return filter == null || filter.shows(name) ? asked().getParameterValues(name) : null;
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    QueryFilter filter = exchange.queryFilter();
    Map<String, String[]> all = asked().getParameterMap();
    if (filter == null) {
      return all;
    }
    Map<String, String[]> shown = new LinkedHashMap<>();
    for (Map.Entry<String, String[]> each : all.entrySet()) {
      if (filter.shows(each.getKey())) {
        shown.put(each.getKey(), each.getValue());
      }
    }
    return Collections.unmodifiableMap(shown);
  }

  // Asynchronous handlers

  /** With this request and the response of the handler, which a container would leave out. */
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, run.response());
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    AsyncContext started = asked().startAsync(request, response);
    run.startsAsync(started);
    RecordedAsync context = new RecordedAsync(started, run);
    async = context;
    return context;
  }

  @Override
  public AsyncContext getAsyncContext() {
    AsyncContext present = asked().getAsyncContext();
    RecordedAsync known = async;
    return known != null && known.is(present) ? known : present;
  }
}
