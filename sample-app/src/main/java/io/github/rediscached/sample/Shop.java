package io.github.rediscached.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** A shop that runs in another process, and a connection to it. */
final class Shop implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Process process;
  private final URI address;
  private final Path log;

  /** It would ask for an upgrade to HTTP/2 with each request, and such requests pass all caches. */
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  private Shop(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /**
   * Starts a shop on a free port and returns when it takes requests.
   *
   * @param log gets its output
   * @throws Failure if it ends instead, or takes too long
   */
  static Shop start(Children children, Launch launch, String redisUrl, Path log) {
    int port = FreePort.find();
    var builder = launch.process(redisUrl);
    builder.command().add("--server.address=127.0.0.1");
    builder.command().add("--server.port=" + port);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    var address = URI.create("http://127.0.0.1:" + port);
    var shop = new Shop(children.start(builder), address, log);
    shop.awaitReady();
    return shop;
  }

  private void awaitReady() {
    Deadline deadline = new Deadline(PATIENCE);
    while (true) {
      try {
        send(HttpRequest.newBuilder(address));
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || deadline.passed()) {
          throw new Failure("The shop did not start, see " + log, notYet);
        }
        deadline.pause();
      }
    }
  }

  Process process() {
    return process;
  }

  /** The answer's status, type and body. */
  String get(String path) {
    return answer("GET", path, "");
  }

  /** The answer's status, type and body. */
  String put(String path, String json) {
    return answer("PUT", path, json);
  }

  private String answer(String method, String path, String json) {
    try {
      HttpResponse<String> response =
          send(
              HttpRequest.newBuilder(address.resolve(path))
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(json)));
      String type = response.headers().firstValue("Content-Type").orElse("");
      String answer = response.statusCode() + " " + type + "\n" + response.body();
      if (response.statusCode() != 200) {
        throw new Failure(method + " " + path + " was answered " + answer + "\nSee " + log);
      }
      return answer;
    } catch (IOException e) {
      throw new Failure(method + " " + path + " was not answered (" + e + "), see " + log, e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new Failure("Interrupted", e);
    }
  }

  @Override
  public void close() {
    Children.stop(process);
  }
}
