package io.github.rediscached.it;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Faults on a hunting ground, one after the other, as the dice say. */
final class Weather extends Thread {

  private final HuntingGround ground;
  private final Random dice;
  private final int pauseMillis;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> journal = new ArrayList<>();
  private volatile boolean over;
  private volatile @Nullable Throwable failure;

  /**
   * @param pause from the end of a fault to the next one, on average
   */
  Weather(HuntingGround ground, long seed, Duration pause) {
    super("weather");
    this.ground = ground;
    this.dice = new Random(seed);
    this.pauseMillis = (int) pause.toMillis();
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      while (!over) {
        // Most of the time all is well, or there would be no hits.
        sleep(pauseMillis / 6 + dice.nextInt(Math.max(1, pauseMillis * 5 / 3)));
        try {
          ground.fault(this);
          journal.add(System.nanoTime() + " over");
        } catch (RedisException e) {
          // A server was not there that was to do it.
          count("not done: " + e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      // The hunt is over.
    } catch (Error | RuntimeException e) {
      failure = e;
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
    if (failure != null) {
      throw new IllegalStateException("no more faults after " + journal, failure);
    }
  }

  Random dice() {
    return dice;
  }

  /** A fault of this name is about to happen. */
  void count(String fault) {
    counts.merge(fault, 1, Integer::sum);
    journal.add(System.nanoTime() + " " + fault);
  }

  /** How often each fault happened; not before the end. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** Each fault with the time of its begin, as {@link System#nanoTime}; not before the end. */
  List<String> journal() {
    return journal;
  }

  /** As when Redis is full: any key goes, leases and versions too. */
  void loseKeys(TestRedis redis) {
    count("keys lost");
    for (int i = 0; i < 20; i++) {
      String key = redis.commands().randomkey();
      if (key != null) {
        redis.commands().unlink(key);
      }
    }
  }
}
