package io.github.rediscached.it;

import com.acme.hunt.Ledger;
import com.acme.hunt.Prey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hunts for stale answers: some JVMs read and change the same items through one Redis, in bad
 * weather. See docs/invalidation.md.
 */
final class Hunt {

  /**
   * The more callers wait for Redis at the same time, the less of its time a machine spends on
   * waking them. Still more of them only wait for a processor, and for longer than the timeout.
   */
  private static final int READERS = 32;

  /** The six servers want processors too. */
  private static final int READERS_ON_CLUSTER = 8;

  private static final int CHANGERS = 4;

  /**
   * How late other JVMs may be that have near caches: the half second for which one that is cut off
   * from Redis may go on, and some for a machine that is busy.
   */
  static final Duration NEAR_WINDOW = Duration.ofSeconds(1);

  /** In so short a time the better compiler would take half of the machine and pay nothing back. */
  private static final Duration SHORT = Duration.ofMinutes(1);

  /**
   * What `--naive` takes out of the script that stores, on its way to Redis: lease, versions, and
   * doubts about tags of results. The agent then names a script that Redis does not know, and sends
   * it whole each time.
   */
  private static final List<String> GUARDS =
      List.of(
          "redis.call('GET', KEYS[2]) ~= ARGV[1]",
          "now[i] ~= string.sub(ARGV[4], i * 16 + 1, (i + 1) * 16)",
          "doubtful and not quiet");

  private final HuntOptions options;

  Hunt(HuntOptions options) {
    this.options = options;
  }

  /** Exit code 1: something was stale; with {@code --naive}: nothing was. */
  public static void main(String[] arguments) {
    HuntOptions options = HuntOptions.of(arguments);
    System.out.println("Hunting: hunt.sh " + String.join(" ", options.arguments()));
    Catch found = new Hunt(options).run();
    System.out.println(found.table());
    System.exit((found.stale() > 0) == options.naive() ? 0 : 1);
  }

  Catch run() {
    Path folder = folder();
    List<RunningJvm> jvms = new ArrayList<>();
    try (HuntingGround ground = ground(folder)) {
      try {
        for (int i = 0; i < options.jvms(); i++) {
          jvms.add(jvm(folder, ground.uri(i), i).start());
        }
        jvms.forEach(jvm -> jvm.awaitOut("started"));
        Weather weather = new Weather(ground, options.seed(), options.faultEvery());
        VitalSigns signs = new VitalSigns(options.soak() ? jvms : List.of());
        weather.start();
        signs.start();
        sleep(options.time());
        weather.end();
        List<VitalSigns.Sign> seen = signs.end();
        return new Catch(
            options.seed(),
            jvms.stream().map(jvm -> jvm.awaitEnd().succeeded()).toList(),
            weather.counts(),
            weather.journal(),
            seen);
      } finally {
        jvms.forEach(RunningJvm::close);
      }
    } finally {
      delete(folder.resolve("ledger"), folder);
    }
  }

  private HuntingGround ground(Path folder) {
    if (options.cluster()) {
      return new ClusterGround();
    }
    if (options.sentinel()) {
      return new SentinelGround(options.jvms());
    }
    return new OneServerGround(
        folder, options.jvms(), options.naive() ? withoutGuards() : Map.of(), options.untracked());
  }

  private Jvm jvm(Path folder, String uri, int index) {
    Path ledger = folder.resolve("ledger");
    Ledger.map(ledger);
    Jvm jvm =
        Jvm.of(
                Prey.class,
                ledger.toString(),
                Long.toString(options.seed() * 1_000 + index),
                Integer.toString(options.cluster() ? READERS_ON_CLUSTER : READERS),
                Integer.toString(CHANGERS),
                options.caching(),
                Long.toString(options.near() ? NEAR_WINDOW.toMillis() : 0),
                Integer.toString(options.pauseMillis()))
            .setting("redis.uri", uri)
            .setting("redis.timeout", "100ms")
            .setting("redis.connect-timeout", "500ms")
            .setting("near.enabled", Boolean.toString(options.near()))
            .setting("namespace", "hunt");
    if (options.time().compareTo(SHORT) > 0) {
      jvm.option("-XX:TieredStopAtLevel=4");
    }
    return options.caching().equals("agent") ? jvm : jvm.withoutAgent();
  }

  private static Map<String, String> withoutGuards() {
    Map<String, String> replacements = new LinkedHashMap<>();
    for (String guard : GUARDS) {
      replacements.put(guard, "false" + " ".repeat(guard.length() - "false".length()));
    }
    return replacements;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("rediscached-hunt");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path... paths) {
    try {
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It lies in the folder for temporary files.
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
