package io.github.rediscached.benchmarks.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * A JVM with pages of 2 kB that are slow to make, on Tomcat, with threads enough that all requests
 * may wait. {@link HttpStampede} starts it. Each answer has the time of its making in {@value
 * #MADE}, by {@link System#nanoTime}, which all JVMs of a machine share where its clock is that of
 * the system's start.
 */
public final class StampededPages {

  static final String MADE = "X-Made";

  private static final int THREADS = 1_100;

  private static final byte[] BODY = "oak, ".repeat(410).getBytes(StandardCharsets.UTF_8);

  private StampededPages() {}

  /** Each request makes the page anew: it is the agent that spares it. */
  private static class Slow extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final long nanos;

    Slow(long nanos) {
      this.nanos = nanos;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      write(make(), response);
    }

    long make() {
      long end = System.nanoTime() + nanos;
      for (long left = nanos; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      return System.nanoTime();
    }

    static void write(long made, HttpServletResponse response) throws IOException {
      response.setHeader(MADE, Long.toString(made));
      response.setContentType("text/plain;charset=UTF-8");
      response.setContentLength(BODY.length);
      response.getOutputStream().write(BODY);
    }
  }

  /** What is compared with: the first request makes the page, the others wait for it. */
  private static final class Latched extends Slow {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, CompletableFuture<Long>> pages = new ConcurrentHashMap<>();

    Latched(long nanos) {
      super(nanos);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      CompletableFuture<Long> mine = new CompletableFuture<>();
      CompletableFuture<Long> present = pages.putIfAbsent(request.getRequestURI(), mine);
      if (present == null) {
        mine.complete(make());
        present = mine;
      }
      write(present.join(), response);
    }
  }

  /**
   * Starts it.
   *
   * @param arguments how many milliseconds a page takes
   */
  public static void main(String... arguments) throws IOException, LifecycleException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0]));
    Path base = Files.createTempDirectory("rediscached-stampede");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    Connector connector = tomcat.getConnector();
    connector.setProperty("maxThreads", Integer.toString(THREADS));
    connector.setProperty("minSpareThreads", Integer.toString(THREADS));
    connector.setProperty("acceptCount", Integer.toString(THREADS));
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("keepAliveTimeout", "-1");
    Context context = tomcat.addContext("", base.toString());
    Tomcat.addServlet(context, "slow", new Slow(nanos)).addMapping("/slow/*");
    Tomcat.addServlet(context, "latched", new Latched(nanos)).addMapping("/latched/*");
    tomcat.start();
    System.out.println("listening on " + connector.getLocalPort());
    tomcat.getServer().await();
  }
}
