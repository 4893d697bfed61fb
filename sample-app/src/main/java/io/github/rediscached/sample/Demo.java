package io.github.rediscached.sample;

import io.github.rediscached.sample.Round.Read;
import io.github.rediscached.sample.Round.Result;
import io.github.rediscached.sample.Round.Write;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the shop twice, without the agent and with it, asks the same of both, checks that the
 * answers are the same and prints what they cost.
 */
public final class Demo {

  private static final String ROW = "%-31s%10s%10s%10s   %10s%10s%10s   %9s%10s%n";

  private final Children children = new Children();
  private final Map<String, String> expected = new HashMap<>();

  private Demo() {}

  /** Ends with exit code 0, or with 1 and a message. */
  public static void main(String[] commandLine) {
    var demo = new Demo();
    int exitCode = 0;
    try {
      demo.run(Launch.parse(commandLine));
    } catch (RuntimeException e) {
      // Whoever pressed Ctrl-C knows why the shop does not answer any more.
      if (!demo.children.closed()) {
        System.err.println("The demo failed. " + (e instanceof Failure ? e.getMessage() : e));
      }
      exitCode = 1;
    }
    System.exit(exitCode);
  }

  private void run(Launch launch) {
    Path agent =
        launch.agent().orElseThrow(() -> new Failure("It compares with the agent: give --agent="));
    String redisUrl = EmbeddedRedis.url(children, Launch.TARGET.resolve("demo-redis.log"));

    System.out.println("Running the shop without the agent ...");
    Result without = round(launch(Optional.empty(), launch), redisUrl, "demo-without-agent.log");
    System.out.println("Running the shop with the agent ...");
    Result with = round(launch(Optional.of(agent), launch), redisUrl, "demo-with-agent.log");
    print(without, with);
    checkHits(with);

    System.out.println();
    System.out.println("Running two shops on one database, with the agent ...");
    new TwoShops(children, launch(Optional.of(agent), launch), redisUrl).run();
  }

  private static Launch launch(Optional<Path> agent, Launch given) {
    return new Launch(
        agent,
        List.of(
            // A namespace of its own, so that all is cold whatever is in Redis.
            "-Drediscached.namespace=shop-demo-" + ProcessHandle.current().pid(),
            "-Djava.rmi.server.hostname=127.0.0.1"),
        Optional.empty(),
        given.arguments());
  }

  private Result round(Launch launch, String redisUrl, String log) {
    List<Update> updates = Update.all(ProcessHandle.current().pid() % 1_000_000);
    try (Shop shop = Shop.start(children, launch, redisUrl, Launch.TARGET.resolve(log))) {
      if (launch.agent().isEmpty()) {
        return new Round(shop, Optional.empty(), expected).run(updates);
      }
      try (CacheBeans beans = CacheBeans.of(shop.process())) {
        return new Round(shop, Optional.of(beans), expected).run(updates);
      }
    }
  }

  private void print(Result without, Result with) {
    System.out.println();
    System.out.printf(ROW, "", "without", "the agent", "", "with", "the agent", "", "", "");
    System.out.printf(
        ROW,
        "",
        "cold p50",
        "warm p50",
        "p99",
        "cold p50",
        "warm p50",
        "p99",
        "speed-up",
        "hit rate");
    for (int i = 0; i < without.reads().size(); i++) {
      print(without.reads().get(i), with.reads().get(i));
    }
    System.out.println();
    System.out.println("A change is in the answers after");
    for (int i = 0; i < without.writes().size(); i++) {
      print(without.writes().get(i), with.writes().get(i));
    }
    System.out.printf(
        "%nThe answers to %d different requests were the same without and with the agent.%n",
        expected.size());
  }

  private static void print(Read without, Read with) {
    System.out.printf(
        ROW,
        without.endpoint().name(),
        without.cold().percentile(0.5),
        without.warm().percentile(0.5),
        without.warm().percentile(0.99),
        with.cold().percentile(0.5),
        with.warm().percentile(0.5),
        with.warm().percentile(0.99),
        String.format(
            Locale.ROOT,
            "%.1f x",
            (double) without.warm().percentileNanos(0.5) / with.warm().percentileNanos(0.5)),
        String.format(Locale.ROOT, "%.1f %%", 100 * with.counts().hitRate()));
  }

  private static void print(Write without, Write with) {
    System.out.printf(
        Locale.ROOT,
        "%-31s%8.2f s without the agent%8.2f s with it%n",
        without.update().name(),
        without.seenAfter().toMillis() / 1e3,
        with.seenAfter().toMillis() / 1e3);
  }

  private static void checkHits(Result with) {
    for (Read read : with.reads()) {
      if (read.counts().hits() == 0) {
        throw new Failure(
            "The cache \"%s\" had no hit, see %s"
                .formatted(read.endpoint().cache(), Launch.TARGET.resolve("demo-with-agent.log")));
      }
    }
  }
}
