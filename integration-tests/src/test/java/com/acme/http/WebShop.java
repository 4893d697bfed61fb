package com.acme.http;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A Tomcat with many small pages, in its working directory. It says its port on stdout and ends
 * with its stdin. By requests below {@code /control} a test asks it what has run, and opens gates.
 */
public final class WebShop {

  private final Prices prices = new Prices();
  private final Tomcat tomcat = new Tomcat();
  private final Context context;
  private int names;

  private WebShop() throws IOException {
    tomcat.setBaseDir(Files.createDirectories(Path.of("tomcat")).toAbsolutePath().toString());
    tomcat.setPort(0);
    Connector connector = tomcat.getConnector();
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", "400");
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("acceptCount", "1000");
    connector.setProperty("compression", "on");
    connector.setProperty("compressibleMimeType", "text/css");
    connector.addUpgradeProtocol(new Http2Protocol());
    context = tomcat.addContext("", null);
  }

  public static void main(String[] arguments) throws IOException, LifecycleException {
    WebShop shop = new WebShop();
    shop.page("/control/*", shop::control);
    shop.filter(
        "/crowd/*",
        (request, response, chain) -> {
          Ledger.note("arrived " + Page.path((HttpServletRequest) request));
          chain.doFilter(request, response);
        });
    BasicPages.addTo(shop);
    WaysOfAnswering.addTo(shop, "/cached");
    WaysOfAnswering.addTo(shop, "/plain");
    ValidatedPages.addTo(shop);
    PersonalPages.addTo(shop);
    shop.tomcat.start();
    System.out.println("port=" + shop.tomcat.getConnector().getLocalPort());
    while (System.in.read() >= 0) {
      // Until the test closes it.
    }
    System.exit(0);
  }

  void page(String pattern, Page.Handler handler) {
    String name = "page " + names++;
    Wrapper wrapper = Tomcat.addServlet(context, name, new Page(handler));
    wrapper.setAsyncSupported(true);
    wrapper.addMapping(pattern);
  }

  void filter(String pattern, Filter filter) {
    String name = "filter " + names++;
    FilterDef definition = new FilterDef();
    definition.setFilterName(name);
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName(name);
    map.addURLPattern(pattern);
    context.addFilterMap(map);
  }

  void errorPage(int status, String path) {
    ErrorPage page = new ErrorPage();
    page.setErrorCode(status);
    page.setLocation(path);
    context.addErrorPage(page);
  }

  private void control(HttpServletRequest request, HttpServletResponse response, int run)
      throws IOException {
    String name = request.getParameter("name");
    String answer =
        switch (request.getPathInfo()) {
          case "/count" -> Integer.toString(Ledger.count(name));
          case "/open" -> {
            Ledger.openGate(name);
            yield "open";
          }
          case "/change-price" -> prices.change(name);
          case "/log-in" -> {
            request.getSession().setAttribute("name", name);
            yield request.getSession().getId();
          }
          default -> throw new IllegalArgumentException(request.getPathInfo());
        };
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print(answer);
  }
}
