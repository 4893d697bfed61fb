package io.github.rediscached.benchmarks.http;

import io.github.rediscached.benchmarks.Arguments;
import io.github.rediscached.benchmarks.BenchmarkRedis;
import io.github.rediscached.benchmarks.Figures;
import io.github.rediscached.benchmarks.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Measures a stampede: a thousand requests at once for a page that no request has asked for before
 * and whose handler takes 200 ms. How often does the handler run, and how long after its end has
 * each request its answer? Beside it, what container and client take by themselves: a servlet
 * without the agent that lets the others wait for the first; in turn, round after round.
 */
public final class HttpStampede {

  private final Arguments arguments;
  private final String redisUri;
  private final Figures<String> figures = new Figures<>();
  private final Map<String, Double> worst = new HashMap<>();
  private final Map<String, Integer> runs = new HashMap<>();
  private int pages;

  private HttpStampede(Arguments arguments, String redisUri) {
    this.arguments = arguments;
    this.redisUri = redisUri;
  }

  public static void main(String... args) throws IOException {
    Arguments arguments =
        new Arguments(
            Map.of("rounds", "15", "warmup", "30", "requests", "1000", "millis", "200"), args);
    try (BenchmarkRedis redis = BenchmarkRedis.open()) {
      new HttpStampede(arguments, redis.uri()).run();
    }
  }

  /** What is measured. */
  private record Row(String name, String folder, Volley volley) {}

  private void run() throws IOException {
    Path rules = Files.createTempFile("rediscached-stampede", ".yaml");
    Files.writeString(
        rules,
        """
        namespace: stampede-%d
        redis:
          uri: %s
          timeout: 5s
          connect-timeout: 5s
        http:
          - path: /slow/**
            ttl: 60s
        """
            .formatted(System.nanoTime(), redisUri));
    List<String> none = List.of();
    List<String> agent = List.of("-javaagent:" + arguments.get("agent") + "=config=" + rules);
    int size = arguments.number("requests");
    String millis = arguments.get("millis");
    try (ServedJvm plain = ServedJvm.start(StampededPages.class, none, millis);
        ServedJvm otherPlain = ServedJvm.start(StampededPages.class, none, millis);
        ServedJvm cached = ServedJvm.start(StampededPages.class, agent, millis);
        ServedJvm otherCached = ServedJvm.start(StampededPages.class, agent, millis)) {
      List<Integer> without = List.of(plain.port(), otherPlain.port());
      List<Integer> with = List.of(cached.port(), otherCached.port());
      List<Row> rows =
          List.of(
              new Row("a servlet that lets them wait", "/latched/", volley(without.get(0), size)),
              new Row("rediscached", "/slow/", volley(with.get(0), size)),
              new Row(
                  "the servlet, half of them in each of two JVMs",
                  "/latched/",
                  new Volley(without, size)),
              new Row(
                  "rediscached, half of them in each of two JVMs",
                  "/slow/",
                  new Volley(with, size)),
              new Row(
                  "the servlet, all of them in each of two JVMs",
                  "/latched/",
                  new Volley(without, 2 * size)),
              new Row(
                  "rediscached, all of them in each of two JVMs",
                  "/slow/",
                  new Volley(with, 2 * size)));
      for (int round = -arguments.number("warmup"); round < arguments.number("rounds"); round++) {
        for (Row row : rows) {
          measure(row, round >= 0);
        }
      }
      for (Row row : rows) {
        row.volley.close();
      }
      publish(rows);
    } finally {
      Files.delete(rules);
    }
  }

  private static Volley volley(int port, int size) throws IOException {
    return new Volley(List.of(port), size);
  }

  private void measure(Row row, boolean counts) throws IOException {
    List<Volley.Answer> answers = row.volley.fire(row.folder + pages++);
    Set<String> made = new HashSet<>();
    double[] millis = new double[answers.size()];
    for (int i = 0; i < millis.length; i++) {
      Volley.Answer answer = answers.get(i);
      if (!answer.head().startsWith("HTTP/1.1 200")) {
        throw new IOException(answer.head());
      }
      String when = answer.field(StampededPages.MADE);
      made.add(when);
      millis[i] = (answer.nanos() - Long.parseLong(when)) / 1e6;
    }
    Arrays.sort(millis);
    double last = millis[millis.length - 1];
    if (counts) {
      figures.add(row.name + " p50", millis[millis.length / 2]);
      figures.add(row.name + " p99", millis[millis.length * 99 / 100]);
      figures.add(row.name + " max", last);
      worst.merge(row.name, last, Math::max);
      runs.merge(row.name, made.size(), Math::max);
    }
  }

  private void publish(List<Row> rows) throws IOException {
    Report report = new Report("stampede");
    report.row(
        String.format(
            Locale.ROOT,
            "%,d requests at once, a handler of %s ms; ms from its end to the answer",
            arguments.number("requests"),
            arguments.get("millis")),
        "runs of the handler",
        "median",
        "99%",
        "last",
        "last, worst round");
    report.row("---", "---:", "---:", "---:", "---:", "---:");
    for (Row row : rows) {
      report.row(
          row.name,
          Integer.toString(runs.getOrDefault(row.name, 0)),
          millis(figures.median(row.name + " p50")),
          millis(figures.median(row.name + " p99")),
          millis(figures.median(row.name + " max")),
          millis(worst.getOrDefault(row.name, 0.0)));
    }
    report.line("");
    report.line(
        String.format(Locale.ROOT, "Medians of %d rounds, in turn.", arguments.number("rounds")));
    report.publish(arguments);
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.0f", millis);
  }
}
