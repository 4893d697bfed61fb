package io.github.rediscached.benchmarks.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** The web application that is measured: one servlet that writes 2 kB of JSON, on four paths. */
public final class ServedPages {

  private static final int BYTES = 2_048;

  private ServedPages() {}

  private static final class Page extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final byte[] body;

    Page() {
      StringBuilder text = new StringBuilder("{\"items\":[");
      while (text.length() < BYTES - 2) {
        text.append("{\"id\":").append(text.length()).append(",\"name\":\"oak\"},");
      }
      text.setLength(BYTES - 2);
      this.body = text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      response.setHeader("Cache-Control", "max-age=3600");
      response.getOutputStream().write(body);
    }
  }

  public static void main(String... arguments) throws IOException, LifecycleException {
    Path base = Files.createTempDirectory("rediscached-pages");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    Context context = tomcat.addContext("", base.toString());
    Wrapper page = Tomcat.addServlet(context, "page", new Page());
    for (String path : new String[] {"/static", "/near", "/redis"}) {
      page.addMapping(path);
    }
    tomcat.start();
    System.out.println("listening on " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }
}
