package com.acme.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Pages that show who asks, or what somebody else could have put into the request. */
final class PersonalPages {

  private PersonalPages() {}

  static void addTo(WebShop shop) {
    shop.page("/personal/session/*", PersonalPages::session);
    shop.page("/personal/new-session/*", PersonalPages::newSession);
    shop.page("/personal/authorization/*", header("Authorization"));
    shop.page("/personal/api-key/*", header("X-Api-Key"));
    shop.page("/personal/tenant/*", header("X-Tenant"));
    shop.page("/personal/cookie/*", PersonalPages::cookie);
    shop.page("/personal/csrf/*", PersonalPages::csrf);
    shop.page("/personal/principal/*", PersonalPages::principal);
    shop.page("/personal/all-headers/*", PersonalPages::allHeaders);
    shop.page("/personal/anonymous/*", (request, response, run) -> print(response, run, "all"));
    shop.page("/keyed/principal/*", PersonalPages::principal);
    shop.page("/keyed/session/*", PersonalPages::session);
    shop.page("/keyed/tenant/*", header("X-Tenant"));
    shop.page("/keyed/filtered-tenant/*", PersonalPages::tenantOfFilter);
    shop.page("/keyed/cookie/*", PersonalPages::cookie);
    shop.page("/links/*", PersonalPages::links);
    shop.page("/forwarded-links/*", PersonalPages::forwardedLinks);
    shop.page("/original-url/*", header("X-Original-URL"));
    shop.page("/hidden/*", PersonalPages::hidden);
    shop.page("/hidden-forward/*", PersonalPages::hiddenForward);
    shop.page("/hidden-target", PersonalPages::hiddenTarget);
    shop.page("/tricks/*", PersonalPages::trick);
    shop.page("/untricked/*", PersonalPages::trick);

    shop.filter("/personal/principal/*", PersonalPages::principalFilter);
    shop.filter("/keyed/principal/*", PersonalPages::principalFilter);
    shop.filter("/personal/csrf/*", PersonalPages::csrfFilter);
    shop.filter("/keyed/filtered-tenant/*", PersonalPages::tenantFilter);
  }

  private static void print(HttpServletResponse response, int run, @Nullable String text)
      throws IOException {
    BasicPages.print(response, "for " + text + ", run " + run);
  }

  private static Page.Handler header(String name) {
    return (request, response, run) -> print(response, run, request.getHeader(name));
  }

  private static void session(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    HttpSession session = request.getSession(false);
    print(response, run, session == null ? null : (String) session.getAttribute("name"));
  }

  private static void newSession(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    print(response, run, request.getSession().getId());
  }

  private static void cookie(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    StringBuilder values = new StringBuilder();
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        values.append(cookie.getName().equals("theme") ? cookie.getValue() : "");
      }
    }
    print(response, run, values.toString());
  }

  private static void csrf(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    print(response, run, (String) request.getAttribute("_csrf"));
  }

  private static void principal(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    Principal principal = request.getUserPrincipal();
    print(response, run, principal == null ? null : principal.getName());
  }

  private static void allHeaders(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    StringBuilder names = new StringBuilder();
    for (var all = request.getHeaderNames(); all.hasMoreElements(); ) {
      String name = all.nextElement();
      if (name.equalsIgnoreCase("X-Tenant")) {
        names.append(request.getHeader(name));
      }
    }
    print(response, run, names.toString());
  }

  private static void tenantOfFilter(
      HttpServletRequest request, HttpServletResponse response, int run) throws IOException {
    print(response, run, (String) request.getAttribute("tenant"));
  }

  private static void links(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    print(
        response,
        run,
        request.getRequestURL() + " " + request.getServerName() + " " + request.getHeader("Host"));
  }

  private static void forwardedLinks(
      HttpServletRequest request, HttpServletResponse response, int run) throws IOException {
    print(
        response,
        run,
        request.getHeader("X-Forwarded-Proto") + "://" + request.getHeader("X-Forwarded-Host"));
  }

  /** The rule leaves all parameters out of the key. */
  private static void hidden(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    print(
        response,
        run,
        request.getParameter("name")
            + request.getQueryString()
            + request.getParameterMap()
            + request.getParameterNames().hasMoreElements()
            + (request.getParameterValues("name") == null));
  }

  private static void hiddenForward(
      HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException, ServletException {
    request.getRequestDispatcher("/hidden-target?own=1").forward(request, response);
  }

  private static void hiddenTarget(
      HttpServletRequest request, HttpServletResponse response, int run) throws IOException {
    print(
        response,
        0,
        request.getParameter("name")
            + request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING)
            + request.getParameterMap().keySet());
  }

  private static void trick(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    BasicPages.print(
        response,
        request.getRequestURI()
            + " "
            + request.getServletPath()
            + " "
            + request.getPathInfo()
            + " "
            + request.getQueryString()
            + " "
            + request.getParameter("name"));
  }

  private static void principalFilter(
      ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String user = ((HttpServletRequest) request).getHeader("X-Badge");
    chain.doFilter(
        new HttpServletRequestWrapper((HttpServletRequest) request) {
          @Override
          public @Nullable Principal getUserPrincipal() {
            return user == null ? null : () -> user;
          }
        },
        response);
  }

  private static void csrfFilter(
      ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute("_csrf", "token " + Ledger.note("csrf"));
    chain.doFilter(request, response);
  }

  private static void tenantFilter(
      ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute("tenant", ((HttpServletRequest) request).getHeader("X-Tenant"));
    chain.doFilter(request, response);
  }
}
