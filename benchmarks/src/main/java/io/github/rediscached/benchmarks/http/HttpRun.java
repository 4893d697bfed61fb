package io.github.rediscached.benchmarks.http;

import io.github.rediscached.benchmarks.Arguments;
import io.github.rediscached.benchmarks.BenchmarkRedis;
import io.github.rediscached.benchmarks.Figures;
import io.github.rediscached.benchmarks.Report;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures stored responses with <a href="https://github.com/wg/wrk">wrk</a>, which has to be on
 * the path: 2 kB of JSON on Tomcat, from memory and from Redis, beside a servlet that writes the
 * same bytes, with and without the agent; in turn, round after round.
 */
public final class HttpRun {

  private static final Pattern REQUESTS = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern MEDIAN = Pattern.compile("50%\\s+([0-9.]+)(us|ms|s)");

  private static final int GETS = 20_000;

  private final Arguments arguments;
  private final String redisUri;
  private final Figures<Row> requests = new Figures<>();
  private final Figures<Row> micros = new Figures<>();
  private final Figures<String> get = new Figures<>();

  private HttpRun(Arguments arguments, String redisUri) {
    this.arguments = arguments;
    this.redisUri = redisUri;
  }

  public static void main(String... args) throws IOException, InterruptedException {
    Arguments arguments =
        new Arguments(
            Map.of("rounds", "5", "seconds", "5", "warmup", "10", "connections", "16"), args);
    try (BenchmarkRedis redis = BenchmarkRedis.open()) {
      new HttpRun(arguments, redis.uri()).run();
    }
  }

  /** What is measured: a path of one of the two JVMs. */
  private record Row(String name, String url) {}

  private void run() throws IOException, InterruptedException {
    Path rules = Files.createTempFile("rediscached-http", ".yaml");
    Files.writeString(
        rules,
        """
        namespace: http-%d
        redis:
          uri: %s
          timeout: 5s
          connect-timeout: 5s
        http:
          - path: /near
          - path: /redis
            near: off
        """
            .formatted(System.nanoTime(), redisUri));
    try (ServedJvm plain = ServedJvm.start(ServedPages.class, List.of());
        ServedJvm cached =
            ServedJvm.start(
                ServedPages.class,
                List.of("-javaagent:" + arguments.get("agent") + "=config=" + rules))) {
      String without = "http://127.0.0.1:" + plain.port();
      String with = "http://127.0.0.1:" + cached.port();
      List<Row> rows =
          List.of(
              new Row("the servlet, no agent", without + "/static"),
              new Row("the servlet, agent, no rule matches", with + "/static"),
              new Row("a stored response, from memory", with + "/near"),
              new Row("a stored response, from Redis", with + "/redis"));
      for (Row row : rows) {
        wrk(row.url, arguments.number("connections"), arguments.number("warmup"));
      }
      for (int round = 0; round < arguments.number("rounds"); round++) {
        get.add("get", microsOfGet());
        for (Row row : rows) {
          String busy = wrk(row.url, arguments.number("connections"), arguments.number("seconds"));
          requests.add(row, Double.parseDouble(found(REQUESTS, busy).group(1)));
          Matcher median = found(MEDIAN, wrk(row.url, 1, arguments.number("seconds")));
          micros.add(row, micros(median));
        }
      }
      publish(rows);
    } finally {
      Files.delete(rules);
    }
  }

  private void publish(List<Row> rows) throws IOException {
    Report report = new Report("http");
    report.row("2 kB of JSON on Tomcat", "requests a second", "median µs, one connection");
    report.row("---", "---:", "---:");
    double servlet = requests.median(rows.get(1));
    double base = micros.median(rows.get(1));
    for (Row row : rows) {
      report.row(
          row.name,
          String.format(
              Locale.ROOT, "%,.0f (%.2f)", requests.median(row), requests.median(row) / servlet),
          String.format(
              Locale.ROOT, "%.0f (%+.0f)", micros.median(row), micros.median(row) - base));
    }
    report.line("");
    report.line(
        String.format(
            Locale.ROOT,
            "One GET of 2 kB by Lettuce: %.0f µs. In brackets: the multiple of the second row, and"
                + " what comes on top of it.",
            get.median("get")));
    report.line(
        String.format(Locale.ROOT, "Medians of %d rounds, in turn.", arguments.number("rounds")));
    report.publish(arguments);
  }

  private static String wrk(String url, int connections, int seconds)
      throws IOException, InterruptedException {
    Process wrk =
        new ProcessBuilder("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency", url)
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0 || said.contains("Non-2xx")) {
      throw new IOException("wrk: " + said);
    }
    return said;
  }

  private double microsOfGet() {
    RedisClient client = RedisClient.create(redisUri);
    try {
      RedisCommands<String, String> redis = client.connect().sync();
      redis.set("http-benchmark", "x".repeat(2_048));
      double[] nanos = new double[GETS];
      for (int i = 0; i < GETS; i++) {
        long began = System.nanoTime();
        redis.get("http-benchmark");
        nanos[i] = System.nanoTime() - began;
      }
      Arrays.sort(nanos);
      return nanos[GETS / 2] / 1_000;
    } finally {
      client.shutdown();
    }
  }

  private static double micros(Matcher median) {
    double value = Double.parseDouble(median.group(1));
    return switch (median.group(2)) {
      case "us" -> value;
      case "ms" -> value * 1_000;
      default -> value * 1_000_000;
    };
  }

  private static Matcher found(Pattern pattern, String said) throws IOException {
    Matcher matcher = pattern.matcher(said);
    if (!matcher.find()) {
      throw new IOException("wrk said: " + said);
    }
    return matcher;
  }
}
