package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.RequestView;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as filters have left it, in the words of HTTP. It never reads the body. */
final class ServletView implements RequestView {

  private final HttpServletRequest request;
  private final String path;
  private final ApplicationNames applications;

  /** As the client has sent it: a forward changes what the request says. */
  private final @Nullable String query;

  ServletView(HttpServletRequest request, String path, ApplicationNames applications) {
    this.request = request;
    this.path = path;
    this.applications = applications;
    this.query = request.getQueryString();
  }

  /** As the container has decoded and normalised it. */
  static String path(HttpServletRequest request) {
    String context = request.getContextPath();
    String servlet = request.getServletPath();
    String info = request.getPathInfo();
    String path = context.isEmpty() ? servlet : context + servlet;
    return info == null ? path : path + info;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String uri() {
    return request.getRequestURI();
  }

  @Override
  public @Nullable String query() {
    return query;
  }

  @Override
  public String origin() {
    return request.getScheme() + "://" + request.getServerName() + ':' + request.getServerPort();
  }

  @Override
  public List<String> fields(String name) {
    Enumeration<String> lines = request.getHeaders(name);
    return lines == null || !lines.hasMoreElements() ? List.of() : list(lines);
  }

  @Override
  public List<String> fieldNames() {
    Enumeration<String> names = request.getHeaderNames();
    return names == null ? List.of() : list(names);
  }

  private static List<String> list(Enumeration<String> all) {
    List<String> list = new ArrayList<>();
    while (all.hasMoreElements()) {
      list.add(all.nextElement());
    }
    return Collections.unmodifiableList(list);
  }

  @Override
  public @Nullable String principal() {
    Principal principal = request.getUserPrincipal();
    if (principal != null) {
      return String.valueOf(principal.getName());
    }
    return request.getRemoteUser();
  }

  /** A session that is not valid any more is none, and asking for it would make it live longer. */
  @Override
  public @Nullable String session() {
    String asked = request.getRequestedSessionId();
    if (asked != null && request.isRequestedSessionIdValid()) {
      return asked;
    }
    HttpSession present = request.getSession(false);
    return present == null ? null : present.getId();
  }

  @Override
  public String application() {
    return applications.of(request.getServletContext());
  }

  @Override
  public List<String> cookieNames() {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (Cookie cookie : cookies) {
      names.add(cookie.getName());
    }
    return names;
  }

  @Override
  public @Nullable String cookie(String name) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(name)) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }
}
