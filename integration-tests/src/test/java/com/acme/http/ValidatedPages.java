package com.acme.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Pages with validators, and pages that are stale from the beginning, so that no test waits. */
final class ValidatedPages {

  private static final String TAG = "\"v1\"";

  private ValidatedPages() {}

  static void addTo(WebShop shop) {
    shop.page("/validated/tagged/*", ValidatedPages::tagged);
    shop.page("/validated/dated/*", ValidatedPages::dated);
    shop.page("/validated/untagged/*", ValidatedPages::untagged);
    shop.page("/validated/confirmed/*", ValidatedPages::confirmed);
    shop.page("/validated/anew/*", ValidatedPages::anew);
    shop.page("/directives/*", ValidatedPages::untagged);
    shop.page("/failing/*", ValidatedPages::failing);
  }

  private static void tagged(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    response.setHeader("ETag", TAG);
    response.setHeader("X-Run", Integer.toString(run));
    BasicPages.print(response, "0123456789");
  }

  private static void dated(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    response.setHeader("Last-Modified", "Tue, 03 Nov 2020 10:00:00 GMT");
    BasicPages.print(response, "dated, run " + run);
  }

  private static void untagged(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    BasicPages.print(response, "untagged, run " + run);
  }

  /** Stale at once; when it is asked for its tag, it says that the page is fresh for long. */
  private static void confirmed(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    response.setHeader("ETag", TAG);
    if (TAG.equals(request.getHeader("If-None-Match"))) {
      Ledger.note("confirmed " + Page.path(request));
      response.setHeader("Cache-Control", "max-age=600");
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setHeader("Cache-Control", "max-age=0");
    BasicPages.print(response, "confirmed, run " + run);
  }

  /** Stale at once; the second run waits, and its page is fresh for long. */
  private static void anew(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    String maxAge = run == 1 ? "0" : "600";
    response.setHeader("Cache-Control", "max-age=" + maxAge + ", stale-while-revalidate=600");
    if (run > 1) {
      Ledger.note("begun " + Page.path(request));
      Ledger.awaitGate(Page.path(request));
    }
    BasicPages.print(response, "anew, run " + run);
  }

  /** Stale at once; from the second run on it fails as its path says. */
  private static void failing(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException, ServletException {
    if (run > 1) {
      switch (request.getPathInfo()) {
        case "/status" -> {
          response.setStatus(500);
          BasicPages.print(response, "out of order");
        }
        case "/send-error" -> response.sendError(503, "out of order");
        case "/not-there" -> {
          response.setStatus(404);
          BasicPages.print(response, "gone");
        }
        default -> throw new ServletException("out of order");
      }
      return;
    }
    response.setHeader("Cache-Control", "max-age=0");
    BasicPages.print(response, "in order, run " + run);
  }
}
