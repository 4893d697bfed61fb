package com.acme.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.TreeSet;

/** Pages that say which run has made them. */
final class BasicPages {

  private BasicPages() {}

  static void addTo(WebShop shop) {
    for (String pattern :
        new String[] {"/page/*", "/filtered/*", "/none/*", "/short/*", "/silent/*", "/product/*"}) {
      shop.page(pattern, BasicPages::page);
    }
    shop.page("/region/*", BasicPages::region);
    shop.page("/language/*", BasicPages::language);
    shop.page("/crowd/*", BasicPages::crowded);
    shop.page("/crowd/unstored/*", BasicPages::crowdedUnstored);
  }

  private static void page(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.setStatus(request.getParameter("fail") == null ? 204 : 409);
      return;
    }
    response.setContentType("text/plain;charset=UTF-8");
    response.setHeader("X-Run", Integer.toString(run));
    response.addHeader("X-Many", "one");
    response.addHeader("X-Many", "two");
    response
        .getWriter()
        .print(
            "run "
                + run
                + " of "
                + Page.path(request)
                + ", query "
                + request.getQueryString()
                + ", parameters "
                + new TreeSet<>(request.getParameterMap().keySet())
                + ", colour "
                + request.getParameter("colour"));
  }

  private static void region(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    print(response, "region " + request.getHeader("X-Region") + ", run " + run);
  }

  private static void language(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    response.setHeader("Vary", "Accept-Language");
    print(response, "language " + request.getHeader("Accept-Language") + ", run " + run);
  }

  private static void crowded(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    Ledger.awaitGate(Page.path(request));
    print(response, "run " + run + " " + "x".repeat(2_000));
  }

  private static void crowdedUnstored(
      HttpServletRequest request, HttpServletResponse response, int run) throws IOException {
    response.setHeader("Cache-Control", "no-store");
    Ledger.awaitGate(Page.path(request) + (run == 1 ? " first" : " others"));
    print(response, "run " + run);
  }

  static void print(HttpServletResponse response, String text) throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print(text);
  }
}
