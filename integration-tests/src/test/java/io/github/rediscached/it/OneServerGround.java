package io.github.rediscached.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One server. Each JVM reaches it through a proxy of its own, which misbehaves at times. */
final class OneServerGround implements HuntingGround {

  /** Makes a user, also after Redis was killed. */
  private static final String UNTRACKED =
      " --user untracked on >secret ~* &* +@all -client|tracking";

  private final boolean untracked;
  private final TestRedis redis;
  private final Path snapshot;
  private final List<TcpProxy> proxies = new ArrayList<>();

  /**
   * @param folder where Redis saves its data and reads it when it starts
   * @param rewritten what is to be replaced in requests
   * @param untracked whether the JVMs have a user who may not use {@code CLIENT TRACKING}
   */
  OneServerGround(Path folder, int jvms, Map<String, String> rewritten, boolean untracked) {
    this.untracked = untracked;
    this.redis = TestRedis.start(("--dir " + folder + UNTRACKED).split(" "));
    this.snapshot = folder.resolve("dump.rdb");
    for (int i = 0; i < jvms; i++) {
      TcpProxy proxy = new TcpProxy(redis);
      proxy.rewrite(rewritten);
      proxies.add(proxy);
    }
  }

  @Override
  public String uri(int jvm) {
    String uri = proxies.get(jvm).uri();
    return untracked ? uri.replace("://", "://untracked:secret@") : uri;
  }

  @Override
  public void fault(Weather weather) throws InterruptedException {
    Random dice = weather.dice();
    TcpProxy proxy = proxies.get(dice.nextInt(proxies.size()));
    // Mostly short, since most happens where a fault begins and where it ends.
    int millis = 50 + dice.nextInt(dice.nextInt(3) == 0 ? 1_000 : 300);
    switch (dice.nextInt(17)) {
      case 0, 1 -> {
        weather.count("delay");
        proxy.delay(Duration.ofMillis(1 + dice.nextInt(250)));
        Thread.sleep(millis);
        proxy.delay(Duration.ZERO);
      }
      case 2, 3 -> {
        weather.count("reset");
        proxy.reset();
      }
      case 4, 5 -> {
        weather.count("black hole");
        proxy.hang(true);
        Thread.sleep(millis);
        proxy.hang(false);
      }
      case 6, 7 -> {
        weather.count("answers lost");
        proxy.hangAnswers(true);
        Thread.sleep(millis);
        // Commands without an answer are followed by others on a new connection.
        proxy.reset();
        proxy.hangAnswers(false);
      }
      case 8 -> {
        weather.count("refused");
        proxy.refuse(true);
        Thread.sleep(millis);
        proxy.refuse(false);
      }
      case 9 -> {
        weather.count("frozen");
        redis.freeze();
        Thread.sleep(millis);
        redis.thaw();
      }
      case 10, 11 -> loseKeys(weather);
      case 12, 13 -> {
        weather.count("snapshot");
        redis.commands().save();
      }
      case 14, 15 -> {
        weather.count(Files.exists(snapshot) ? "killed, old data" : "killed, no data");
        redis.kill();
        redis.restart();
      }
      default -> {
        weather.count("killed, no data");
        redis.kill();
        forgetSnapshot();
        redis.restart();
      }
    }
  }

  private void loseKeys(Weather weather) {
    weather.loseKeys(redis);
    for (String key : redis.commands().keys("*:~*")) {
      if (weather.dice().nextInt(5) == 0) {
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

  @Override
  public void close() {
    try {
      for (TcpProxy proxy : proxies) {
        proxy.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      redis.close();
      forgetSnapshot();
    }
  }
}
