package com.acme.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet whose runs are counted by the path of their requests. */
final class Page extends HttpServlet {

  private static final long serialVersionUID = 1;

  /** What a page answers. */
  interface Handler {

    /**
     * @param run 1 for the first run for this path
     */
    void answer(HttpServletRequest request, HttpServletResponse response, int run)
        throws ServletException, IOException;
  }

  private final transient Handler handler;

  Page(Handler handler) {
    this.handler = handler;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = path(request);
    int run =
        request.getDispatcherType() == DispatcherType.REQUEST
            ? Ledger.note("runs " + path)
            : Ledger.count("runs " + path);
    handler.answer(request, response, run);
  }

  /** As the container has understood it. */
  static String path(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null ? request.getServletPath() : request.getServletPath() + info;
  }
}
