package io.github.rediscached.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Faults of Redis and of the ways to it, one after the other, as the dice say. */
final class Weather extends Thread {

  private final TestRedis redis;
  private final Path snapshot;
  private final List<TcpProxy> proxies;
  private final Random dice;
  private final Map<String, Integer> counts = new TreeMap<>();
  private volatile boolean over;

  /**
   * @param snapshot where Redis saves its data and reads it when it starts
   */
  Weather(TestRedis redis, Path snapshot, List<TcpProxy> proxies, long seed) {
    super("weather");
    this.redis = redis;
    this.snapshot = snapshot;
    this.proxies = proxies;
    this.dice = new Random(seed);
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      while (!over) {
        // Most of the time all is well, or there would be no hits.
        sleep(100 + dice.nextInt(900));
        fault();
      }
    } catch (InterruptedException e) {
      // The hunt is over.
    }
  }

  /** Ends it, and leaves all in order. */
  void end() {
    over = true;
    try {
      join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How often each fault happened; not before the end. */
  Map<String, Integer> counts() {
    return counts;
  }

  private void fault() throws InterruptedException {
    TcpProxy proxy = proxies.get(dice.nextInt(proxies.size()));
    // Mostly short, since most happens where a fault begins and where it ends.
    int millis = 50 + dice.nextInt(dice.nextInt(3) == 0 ? 1_000 : 300);
    switch (dice.nextInt(17)) {
      case 0, 1 -> {
        count("delay");
        proxy.delay(Duration.ofMillis(1 + dice.nextInt(250)));
        sleep(millis);
        proxy.delay(Duration.ZERO);
      }
      case 2, 3 -> {
        count("reset");
        proxy.reset();
      }
      case 4, 5 -> {
        count("black hole");
        proxy.hang(true);
        sleep(millis);
        proxy.hang(false);
      }
      case 6, 7 -> {
        count("answers lost");
        proxy.hangAnswers(true);
        sleep(millis);
        // Commands without an answer are followed by others on a new connection.
        proxy.reset();
        proxy.hangAnswers(false);
      }
      case 8 -> {
        count("refused");
        proxy.refuse(true);
        sleep(millis);
        proxy.refuse(false);
      }
      case 9 -> {
        count("frozen");
        redis.freeze();
        sleep(millis);
        redis.thaw();
      }
      case 10, 11 -> loseKeys();
      case 12, 13 -> {
        count("snapshot");
        redis.commands().save();
      }
      case 14, 15 -> {
        count(Files.exists(snapshot) ? "killed, old data" : "killed, no data");
        redis.kill();
        redis.restart();
      }
      default -> {
        count("killed, no data");
        redis.kill();
        forgetSnapshot();
        redis.restart();
      }
    }
  }

  /** As when Redis is full: any key goes, leases and versions too. */
  private void loseKeys() {
    count("keys lost");
    for (int i = 0; i < 20; i++) {
      String key = redis.commands().randomkey();
      if (key != null) {
        redis.commands().unlink(key);
      }
    }
    for (String key : redis.commands().keys("*:~*")) {
      if (dice.nextInt(5) == 0) {
        redis.commands().unlink(key);
      }
    }
  }

  private void forgetSnapshot() {
    try {
      Files.deleteIfExists(snapshot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(String fault) {
    counts.merge(fault, 1, Integer::sum);
  }
}
