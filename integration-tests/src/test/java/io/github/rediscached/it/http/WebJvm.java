package io.github.rediscached.it.http;

import com.acme.http.WebShop;
import io.github.rediscached.RedisCached;
import io.github.rediscached.it.Eventually;
import io.github.rediscached.it.TestRedis;
import jakarta.annotation.Resource;
import jakarta.servlet.Servlet;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;
import org.apache.juli.logging.Log;
import org.jspecify.annotations.Nullable;

/** A JVM with the shipped jar and the web application of {@code com.acme.http}. */
final class WebJvm implements AutoCloseable {

  private static final Path AGENT =
      Path.of(System.getProperty("rediscached.agent", "../agent/target/rediscached-agent.jar"))
          .toAbsolutePath()
          .normalize();

  /** One name for all JVMs, as behind a load balancer. */
  static final String HOST = "shop.example";

  private static final String LOG = "log";

  private final Process process;
  private final Path folder;
  private int port;
  private @Nullable HttpClient client;

  private WebJvm(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * Starts it. It need not be up on return: the first request waits for that.
   *
   * @param settings by name, over those for a busy machine
   */
  static WebJvm start(TestRedis redis, String yaml, Map<String, String> settings) {
    return start(redis, yaml, settings, WebShop.class, classPath());
  }

  /** The same with another application, and all libraries of these tests. */
  static WebJvm start(
      TestRedis redis, String yaml, Map<String, String> settings, Class<?> application) {
    return start(
        redis,
        yaml,
        settings,
        application,
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  private static WebJvm start(
      TestRedis redis,
      String yaml,
      Map<String, String> settings,
      Class<?> application,
      String classPath) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("redis.uri", redis.uri());
    all.put("redis.timeout", "5s");
    all.put("redis.connect-timeout", "20s");
    all.put("namespace", TestRedis.newNamespace());
    all.putAll(settings);
    List<String> pairs = new ArrayList<>();
    all.forEach((name, value) -> pairs.add(name + "=" + value));
    try {
      Path folder = Files.createTempDirectory("rediscached-http");
      Files.writeString(folder.resolve("rediscached.yaml"), yaml);
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx512m",
                  "-javaagent:" + AGENT + "=" + String.join(",", pairs),
                  "-cp",
                  classPath,
                  application.getName())
              .directory(folder.toFile())
              .redirectError(folder.resolve(LOG).toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("REDIS"));
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      return new WebJvm(builder.start(), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    for (Class<?> member :
        List.of(
            WebShop.class,
            RedisCached.class,
            Tomcat.class,
            Servlet.class,
            Resource.class,
            Log.class)) {
      try {
        entries.add(
            Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  synchronized int port() {
    if (port == 0) {
      try {
        String line =
            new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        if (line == null || !line.startsWith("port=")) {
          throw new AssertionError("the application does not run: " + line + "\n" + log());
        }
        port = Integer.parseInt(line.substring("port=".length()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return port;
  }

  /** It asks the JVM as it would ask a proxy, so that the request's host is not an address. */
  private synchronized HttpClient client() {
    HttpClient present = client;
    if (present == null) {
      present =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .proxy(
                  ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port())))
              .build();
      client = present;
    }
    return present;
  }

  /** What it has written to stderr. */
  String log() {
    try {
      return Files.readString(folder.resolve(LOG));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param headers names and values by turns
   */
  static HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://" + HOST + path)).timeout(Eventually.PATIENCE);
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  Reply get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  Reply head(String path, String... headers) {
    return send(request(path, headers).method("HEAD", BodyPublishers.noBody()).build());
  }

  Reply post(String path, String... headers) {
    return send(request(path, headers).POST(BodyPublishers.noBody()).build());
  }

  Reply postForm(String path, String form, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  private Reply send(HttpRequest request) {
    try {
      return Reply.of(client().send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<Reply> getLater(String path) {
    return client()
        .sendAsync(request(path).GET().build(), BodyHandlers.ofByteArray())
        .thenApply(Reply::of);
  }

  /** How often the page of a path has run. */
  int runs(String path) {
    return count("runs " + path);
  }

  int count(String what) {
    return Integer.parseInt(control("count", what));
  }

  void open(String gate) {
    control("open", gate);
  }

  String control(String action, String name) {
    Reply reply =
        get("/control/" + action + "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    if (reply.status() != 200) {
      throw new AssertionError(reply + "\n" + log());
    }
    return reply.text();
  }

  /** Ends it. What the agent asks to be reported fails the test. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    String said = log();
    delete();
    if (said.contains("Please report") || said.contains("is not stored: ")) {
      throw new AssertionError(said);
    }
  }

  private void delete() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
