package com.acme.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The same pages below a path that a rule names and below one that none names. */
final class WaysOfAnswering {

  private static final String UMLAUTS = "<p>äöü ÄÖÜ ß</p>\n";

  /** As a chunk of a large page. */
  private static final int CHUNK = 16_384;

  private final String prefix;

  private WaysOfAnswering(String prefix) {
    this.prefix = prefix;
  }

  static void addTo(WebShop shop, String prefix) {
    WaysOfAnswering ways = new WaysOfAnswering(prefix);
    ways.addWriting(shop);
    ways.addAsynchronous(shop);
    ways.addDispatching(shop);
    ways.addRefused(shop);
    ways.addBroken(shop);
    shop.filter(
        prefix + "/filtered/*",
        (request, response, chain) -> {
          ((HttpServletResponse) response)
              .setHeader("X-Request", Integer.toString(Ledger.note("filtered")));
          ((HttpServletResponse) response).addHeader("X-Many", "of the filter");
          chain.doFilter(request, response);
        });
    ways.add(
        shop,
        "late-header",
        (request, response, run) -> write(response, "text/html;charset=UTF-8"));
    shop.filter(
        prefix + "/late-header/*",
        (request, response, chain) -> {
          chain.doFilter(request, response);
          ((HttpServletResponse) response).setHeader("X-After", "1");
        });
    if (prefix.equals("/plain")) {
      shop.page("/inner", WaysOfAnswering::inner);
      shop.page("/error-page", WaysOfAnswering::errorPage);
      shop.errorPage(410, "/error-page");
    }
  }

  private void add(WebShop shop, String name, Page.Handler handler) {
    shop.page(prefix + "/" + name + "/*", handler);
  }

  private void addWriting(WebShop shop) {
    add(shop, "stream", (request, response, run) -> stream(response, UMLAUTS));
    add(shop, "single-bytes", (request, response, run) -> singleBytes(response));
    add(
        shop,
        "writer-utf-8",
        (request, response, run) -> write(response, "text/html;charset=UTF-8"));
    add(shop, "writer-default", (request, response, run) -> write(response, "text/html"));
    add(shop, "writer-json", (request, response, run) -> write(response, "application/json"));
    add(shop, "writer-no-type", (request, response, run) -> response.getWriter().print(UMLAUTS));
    add(
        shop,
        "writer-encoding",
        (request, response, run) -> {
          response.setCharacterEncoding("UTF-16BE");
          write(response, "text/html");
        });
    add(
        shop,
        "writer-locale",
        (request, response, run) -> {
          response.setLocale(Locale.JAPANESE);
          write(response, "text/html");
        });
    add(
        shop,
        "surrogates",
        (request, response, run) -> {
          response.setContentType("text/plain;charset=UTF-8");
          PrintWriter out = response.getWriter();
          // The two halves of one character, one after the other.
          out.write('\ud83d');
          out.write('\ude00');
          out.printf(Locale.ROOT, "%d%n", 7);
        });
    add(shop, "flush-first", (request, response, run) -> flushFirst(response));
    add(shop, "flush-between", (request, response, run) -> flushBetween(request, response));
    add(
        shop,
        "length",
        (request, response, run) -> {
          response.setContentLength(UMLAUTS.getBytes(StandardCharsets.UTF_8).length);
          stream(response, UMLAUTS);
        });
    add(
        shop,
        "closed",
        (request, response, run) -> {
          stream(response, UMLAUTS);
          response.getOutputStream().close();
          response.setHeader("X-Late", "is not sent");
        });
    add(shop, "headers", (request, response, run) -> headers(response));
    add(shop, "filtered", (request, response, run) -> headers(response));
    add(shop, "empty", (request, response, run) -> response.setStatus(204));
    add(shop, "nothing", (request, response, run) -> {});
    add(shop, "reset", (request, response, run) -> reset(response));
    add(shop, "reset-buffer", (request, response, run) -> resetBuffer(response));
    add(
        shop,
        "compressed",
        (request, response, run) -> {
          response.setContentType("text/css");
          stream(response, "a{b:c}".repeat(1_000));
        });
    add(
        shop,
        "redirect",
        (request, response, run) -> {
          response.setHeader("Cache-Control", "max-age=600");
          response.sendRedirect("/elsewhere?a=1");
        });
  }

  private void addAsynchronous(WebShop shop) {
    add(
        shop,
        "async",
        (request, response, run) -> {
          AsyncContext context = request.startAsync();
          context.start(
              () -> finish(context, (HttpServletResponse) context.getResponse(), UMLAUTS));
        });
    add(
        shop,
        "async-own-response",
        (request, response, run) -> {
          AsyncContext context = request.startAsync();
          context.start(() -> finish(context, response, UMLAUTS));
        });
    add(
        shop,
        "async-arguments",
        (request, response, run) -> {
          AsyncContext context = request.startAsync(request, response);
          context.start(
              () -> finish(context, (HttpServletResponse) context.getResponse(), UMLAUTS));
        });
    add(
        shop,
        "async-at-once",
        (request, response, run) -> finish(request.startAsync(), response, UMLAUTS));
    add(shop, "async-dispatch", (request, response, run) -> dispatched(request, response));
    add(
        shop,
        "async-dispatch-elsewhere",
        (request, response, run) -> request.startAsync().dispatch("/inner"));
    add(shop, "write-listener", (request, response, run) -> nonBlocking(request, response));
    add(
        shop,
        "async-timeout",
        (request, response, run) -> {
          response.setHeader("X-Before", "1");
          request.startAsync().setTimeout(1);
        });
  }

  private void addDispatching(WebShop shop) {
    add(
        shop,
        "forward",
        (request, response, run) -> {
          response.setHeader("X-Outer", "1");
          request.getRequestDispatcher("/inner").forward(request, response);
          response.setHeader("X-Late", "is not sent");
        });
    add(
        shop,
        "write-and-forward",
        (request, response, run) -> {
          response.setContentType("text/html;charset=UTF-8");
          response.getWriter().print("is not sent");
          request.getRequestDispatcher("/inner").forward(request, response);
        });
    add(
        shop,
        "include",
        (request, response, run) -> {
          response.setContentType("text/html;charset=UTF-8");
          response.getWriter().print("before ");
          request.getRequestDispatcher("/inner").include(request, response);
          response.getWriter().print(" after");
        });
    add(
        shop,
        "forward-asynchronously",
        (request, response, run) ->
            request.getRequestDispatcher(prefix + "/async").forward(request, response));
  }

  private void addRefused(WebShop shop) {
    add(shop, "send-error", (request, response, run) -> response.sendError(404, "no such page"));
    add(
        shop,
        "send-error-late",
        (request, response, run) -> {
          response.setHeader("X-Before", "1");
          response.getWriter().print("is not sent");
          response.sendError(503);
        });
    add(shop, "own-error-page", (request, response, run) -> response.sendError(410, "gone"));
    add(
        shop,
        "not-found",
        (request, response, run) -> {
          response.setStatus(404);
          write(response, "text/html;charset=UTF-8");
        });
    add(
        shop,
        "cookie",
        (request, response, run) -> {
          response.addCookie(new Cookie("a", "1"));
          stream(response, UMLAUTS);
        });
    add(shop, "cookie-header", withHeader("Set-Cookie", "a=1; Path=/"));
    add(shop, "no-store", withHeader("Cache-Control", "no-store"));
    add(shop, "private", withHeader("Cache-Control", "max-age=60, private"));
    add(shop, "vary-any", withHeader("Vary", "*"));
    add(
        shop,
        "partial",
        (request, response, run) -> {
          response.setStatus(206);
          response.setHeader("Content-Range", "bytes 0-1/10");
          stream(response, "01");
        });
    add(
        shop,
        "plain-redirect",
        (request, response, run) -> response.sendRedirect("/elsewhere?a=1"));
    add(shop, "trailers", (request, response, run) -> trailers(response));
    add(
        shop,
        "events",
        (request, response, run) -> {
          response.setContentType("text/event-stream;charset=UTF-8");
          response.getWriter().print("data: 1\n\n");
          response.flushBuffer();
          response.getWriter().print("data: 2\n\n");
        });
    add(shop, "large", (request, response, run) -> large(response, 3 * 64));
    add(
        shop,
        "large-writer",
        (request, response, run) -> {
          response.setContentType("text/plain;charset=UTF-8");
          for (int i = 0; i < 64; i++) {
            response.getWriter().print("ä".repeat(CHUNK));
          }
        });
  }

  private void addBroken(WebShop shop) {
    add(
        shop,
        "throws-before",
        (request, response, run) -> {
          response.setHeader("X-Before", "1");
          throw new ServletException("on purpose");
        });
    add(
        shop,
        "throws-between",
        (request, response, run) -> {
          stream(response, UMLAUTS);
          throw new IllegalStateException("on purpose");
        });
    add(
        shop,
        "throws-late",
        (request, response, run) -> {
          stream(response, UMLAUTS);
          response.flushBuffer();
          throw new IllegalStateException("on purpose");
        });
    add(
        shop,
        "short",
        (request, response, run) -> {
          response.setContentLength(100);
          stream(response, "0123456789");
        });
    add(shop, "short-nothing", (request, response, run) -> response.setContentLength(100));
    add(
        shop,
        "too-long",
        (request, response, run) -> {
          response.setContentLength(5);
          stream(response, "0123456789");
        });
    add(shop, "hung-up", (request, response, run) -> slowly(request, response, run, false));
    add(
        shop,
        "hung-up-unnoticed",
        (request, response, run) -> slowly(request, response, run, true));
    add(shop, "hung-up-writer", (request, response, run) -> slowlyWritten(request, response, run));
    add(shop, "hung-up-async", (request, response, run) -> slowlyAsync(request, response, run));
  }

  private static Page.Handler withHeader(String name, String value) {
    return (request, response, run) -> {
      response.setHeader(name, value);
      stream(response, UMLAUTS);
    };
  }

  private static void inner(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    response.setHeader("X-Inner", "1");
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      response.getWriter().print(UMLAUTS);
    } else {
      write(response, "text/html;charset=UTF-8");
    }
  }

  private static void errorPage(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    BasicPages.print(response, "our own page about " + response.getStatus());
  }

  private static void stream(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void singleBytes(HttpServletResponse response) throws IOException {
    response.setContentType("application/octet-stream");
    for (int i = 0; i < 256; i++) {
      response.getOutputStream().write(i);
    }
    response.getOutputStream().print("text");
  }

  private static void write(HttpServletResponse response, String type) throws IOException {
    response.setContentType(type);
    response.getWriter().print(UMLAUTS);
    response.getWriter().println(UMLAUTS.toCharArray());
  }

  private static void flushFirst(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain");
    response.setHeader("X-Early", "1");
    response.flushBuffer();
    response.setHeader("X-Late", "is not sent");
    stream(response, UMLAUTS);
  }

  private static void flushBetween(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print("first ");
    response.flushBuffer();
    if (request.getPathInfo() != null) {
      Ledger.awaitGate(Page.path(request));
    }
    response.getWriter().print("second");
  }

  private static void headers(HttpServletResponse response) throws IOException {
    response.setStatus(203);
    response.addHeader("X-Many", "one");
    response.addHeader("X-Many", "two, three");
    response.setHeader("X-Set", "first");
    response.setHeader("X-Set", "second");
    response.setIntHeader("X-Number", 7);
    response.setDateHeader("X-Date", 1_600_000_000_000L);
    response.addHeader("Link", "<a>; rel=\"b\"");
    response.setHeader("Content-Language", "de");
    response.setHeader("Content-Disposition", "attachment; filename=\"a b\"");
    response.setHeader("Content-Type", "text/csv; charset=utf-8; header=present");
    stream(response, "a,b\n");
  }

  private static void reset(HttpServletResponse response) throws IOException {
    response.setStatus(500);
    response.setHeader("X-Gone", "1");
    write(response, "text/html;charset=UTF-16");
    response.reset();
    response.setHeader("X-Kept", "1");
    response.setContentType("text/plain");
    stream(response, "kept");
  }

  private static void resetBuffer(HttpServletResponse response) throws IOException {
    response.setHeader("X-Kept", "1");
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print("gone");
    response.resetBuffer();
    response.getWriter().print("kept");
  }

  private static void finish(AsyncContext context, HttpServletResponse response, String text) {
    try {
      response.setContentType("text/html;charset=UTF-8");
      response.getWriter().print(text);
      context.complete();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void dispatched(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      AsyncContext context = request.startAsync();
      context.start(context::dispatch);
    } else {
      write(response, "text/html;charset=UTF-8");
    }
  }

  private static void nonBlocking(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AsyncContext context = request.startAsync();
    response.setContentType("application/octet-stream");
    ServletOutputStream out = response.getOutputStream();
    byte[] chunk = new byte[CHUNK];
    Arrays.fill(chunk, (byte) 'x');
    out.setWriteListener(
        new WriteListener() {
          private int left = 20;

          @Override
          public void onWritePossible() throws IOException {
            while (out.isReady()) {
              if (left-- == 0) {
                context.complete();
                return;
              }
              out.write(chunk);
            }
          }

          @Override
          public void onError(Throwable e) {
            context.complete();
          }
        });
  }

  private static void trailers(HttpServletResponse response) throws IOException {
    response.setHeader("Trailer", "X-Checksum");
    response.setTrailerFields(() -> Map.of("X-Checksum", "17"));
    stream(response, "checked");
    response.flushBuffer();
  }

  private static void large(HttpServletResponse response, int chunks) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int i = 0; i < chunks; i++) {
      Arrays.fill(chunk, (byte) ('a' + i % 26));
      response.getOutputStream().write(chunk);
    }
  }

  /** Waits in the first run when the first part is on its way, until the client is gone. */
  private static void slowly(
      HttpServletRequest request, HttpServletResponse response, int run, boolean unnoticed)
      throws IOException {
    String path = Page.path(request);
    try {
      large(response, 2);
      response.getOutputStream().write('|');
      response.flushBuffer();
      if (run == 1) {
        Ledger.awaitGate(path);
      }
      large(response, 30);
      response.flushBuffer();
    } catch (IOException e) {
      if (!unnoticed) {
        throw e;
      }
    } finally {
      Ledger.note("ended " + path);
    }
  }

  private static void slowlyWritten(
      HttpServletRequest request, HttpServletResponse response, int run) throws IOException {
    String path = Page.path(request);
    try {
      response.setContentType("text/plain");
      response.getWriter().print("x".repeat(2 * CHUNK) + "|");
      response.flushBuffer();
      if (run == 1) {
        Ledger.awaitGate(path);
      }
      for (int i = 0; i < 30; i++) {
        response.getWriter().print("y".repeat(CHUNK));
      }
      response.getWriter().flush();
    } finally {
      Ledger.note("ended " + path);
    }
  }

  private static void slowlyAsync(
      HttpServletRequest request, HttpServletResponse response, int run) {
    AsyncContext context = request.startAsync();
    context.start(
        () -> {
          try {
            slowly(request, response, run, true);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          } finally {
            completeIfOpen(context);
          }
        });
  }

  /** The container may have completed it when the client had gone. */
  private static void completeIfOpen(AsyncContext context) {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // It has.
    }
  }
}
