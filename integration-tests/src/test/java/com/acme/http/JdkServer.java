package com.acme.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The server of the JDK with one page behind a filter; it asks itself and prints the answers. */
public final class JdkServer {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger filtered = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  private JdkServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            run -> {
              Thread thread = new Thread(run);
              thread.setDaemon(true);
              return thread;
            }));
    HttpContext context = server.createContext("/", this::page);
    context
        .getFilters()
        .add(
            Filter.beforeHandler(
                "counts",
                exchange ->
                    exchange
                        .getResponseHeaders()
                        .set("X-Filter", Integer.toString(filtered.incrementAndGet()))));
    server.start();
  }

  private void page(HttpExchange exchange) throws IOException {
    String region = exchange.getRequestHeaders().getFirst("X-Region");
    runs.incrementAndGet();
    String text = exchange.getRequestURI() + (region == null ? "" : " in " + region);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    JdkServer shop = new JdkServer();
    shop.say("made", shop.ask("GET", "/a?page=1"));
    shop.say("stored", shop.untilHit("/a?page=1"));
    shop.say("a parameter that the rule does not name", shop.ask("GET", "/a?utm=x&page=1"));
    shop.say("another page", shop.ask("GET", "/a?page=2"));
    shop.say("head", shop.ask("HEAD", "/a?page=1"));
    String tag = shop.ask("GET", "/a?page=1").headers().firstValue("ETag").orElse("none");
    shop.say("not modified", shop.ask("GET", "/a?page=1", "If-None-Match", tag));
    shop.say("a personal header", shop.ask("GET", "/a?page=1", "X-Region", "north"));
    shop.say("a credential", shop.ask("GET", "/a?page=1", "X-Api-Key", "secret"));
    shop.say("a post", shop.ask("POST", "/a?page=1"));
    shop.say("after it", shop.ask("GET", "/a?page=1"));
    System.out.println("filter=" + (shop.filtered.get() > shop.runs.get()));
    shop.server.stop(0);
  }

  private HttpResponse<String> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> untilHit(String path) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    HttpResponse<String> answer = ask("GET", path);
    while (!status(answer).startsWith("hit") && System.nanoTime() - deadline < 0) {
      answer = ask("GET", path);
    }
    return answer;
  }

  private static String status(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Cache-Status")
        .orElse("rediscached; none")
        .replace("rediscached; ", "")
        .replaceAll("; ttl=.*", "");
  }

  private void say(String what, HttpResponse<String> answer) {
    System.out.println(
        what + "=" + answer.statusCode() + " " + status(answer) + ": " + answer.body());
  }
}
