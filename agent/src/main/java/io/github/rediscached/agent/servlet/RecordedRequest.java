package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.Exchange;
import io.github.rediscached.agent.http.HandlerRequest;
import io.github.rediscached.agent.http.QueryFilter;
import io.github.rediscached.agent.plan.LibraryName;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The request that a recorded handler sees. It tells the exchange what of the request the handler
 * has read that may make its answer one for this client only, shows the conditions of a
 * revalidation in place of the client's, and leaves out what the rule leaves out of the query.
 */
final class RecordedRequest extends HttpServletRequestWrapper {

  private static final String SPRING = LibraryName.in("class org.springframework.");

  private static final List<String> FRAMEWORKS =
      List.of(
          "jakarta.servlet.",
          "javax.servlet.",
          SPRING,
          "org.apache.",
          "org.eclipse.jetty.",
          "org.glassfish.",
          "io.undertow.",
          "io.micrometer.",
          "io.opentelemetry.",
          CachingServlets.PREFIX);

  private final Exchange exchange;
  private final HandlerRequest seen;
  private final RecordedRun run;

  /** The names of the attributes that the handler has set itself. */
  private final Set<String> own = ConcurrentHashMap.newKeySet();

  private @Nullable RecordedAsync async;

  RecordedRequest(HttpServletRequest request, Exchange exchange, RecordedRun run) {
    super(request);
    this.exchange = exchange;
    this.seen = exchange.handlerRequest();
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
    return instead.isEmpty() ? -1 : seen.dateIn(instead.get(0));
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
    seen.hasRead(name);
    return seen.instead(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    seen.hasReadAll();
    Enumeration<String> sent = asked().getHeaderNames();
    List<String> added = seen.added();
    if (added.isEmpty() || sent == null) {
      return sent;
    }
    List<String> names = new ArrayList<>(added);
    while (sent.hasMoreElements()) {
      String name = sent.nextElement();
      if (seen.instead(name.toLowerCase(Locale.ROOT)) == null) {
        names.add(name);
      }
    }
    return Collections.enumeration(names);
  }

  @Override
  public Locale getLocale() {
    seen.hasRead("Accept-Language");
    return asked().getLocale();
  }

  @Override
  public Enumeration<Locale> getLocales() {
    seen.hasRead("Accept-Language");
    return asked().getLocales();
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    Cookie[] cookies = asked().getCookies();
    List<String> keyed = seen.keyedCookies();
    if (keyed.isEmpty() || cookies == null) {
      seen.hasRead("Cookie");
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
      seen.hasReadSession(session.getId());
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
      seen.hasReadPrincipal();
    }
    return principal;
  }

  @Override
  public @Nullable String getRemoteUser() {
    String user = asked().getRemoteUser();
    if (user != null) {
      seen.hasReadPrincipal();
    }
    return user;
  }

  @Override
  public boolean isUserInRole(String role) {
    boolean is = asked().isUserInRole(role);
    if (is) {
      seen.hasReadPrincipal();
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

  /**
   * What a filter has put here may be the user, or a token in the page of one user; what containers
   * and frameworks put here is about their own work.
   */
  @Override
  public @Nullable Object getAttribute(String name) {
    Object value = asked().getAttribute(name);
    if (value != null && name != null && !own.contains(name) && !isOfFramework(name)) {
      String lower = name.toLowerCase(Locale.ROOT);
      seen.hasReadAttribute(lower.contains("csrf") || lower.contains("xsrf"));
    }
    return value;
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (name != null) {
      own.add(name);
    }
    asked().setAttribute(name, value);
  }

  private static boolean isOfFramework(String name) {
    if (name.endsWith("X509Certificate") || name.startsWith(SPRING + "security.")) {
      return false;
    }
    for (String prefix : FRAMEWORKS) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  // The client

  @Override
  public String getRemoteAddr() {
    String address = asked().getRemoteAddr();
    seen.hasReadValue(address);
    return address;
  }

  @Override
  public String getRemoteHost() {
    String host = asked().getRemoteHost();
    seen.hasReadValue(host);
    return host;
  }

  @Override
  public @Nullable String getContentType() {
    seen.hasRead("Content-Type");
    return asked().getContentType();
  }

  @Override
  public @Nullable String getRequestedSessionId() {
    String id = asked().getRequestedSessionId();
    seen.hasReadValue(id);
    return id;
  }

  @Override
  public @Nullable String getAuthType() {
    String type = asked().getAuthType();
    if (type != null) {
      seen.hasReadPrincipal();
    }
    return type;
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
    QueryFilter filter = seen.queryFilter();
    // After a forward it is that of the target, which the handler has made itself.
    return filter == null || query == null || run.isDispatched() ? query : filter.of(query);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null || values.length == 0 ? null : values[0];
  }

  /** Without those of the client that are not in the key; a forward adds its own before them. */
  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = asked().getParameterValues(name);
    int hidden = values == null ? 0 : seen.hidden(name);
    if (values == null || hidden == 0) {
      return values;
    }
    return hidden >= values.length ? null : Arrays.copyOf(values, values.length - hidden);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> all = asked().getParameterMap();
    if (seen.queryFilter() == null) {
      return all;
    }
    Map<String, String[]> shown = new LinkedHashMap<>();
    for (String name : all.keySet()) {
      String[] values = getParameterValues(name);
      if (values != null) {
        shown.put(name, values);
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
