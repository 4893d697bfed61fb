package io.github.rediscached.it;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Faults of a cluster, one after the other, as the dice say: slots move under load, masters are
 * killed and replaced by their replicas, or are back at once with old data or with none.
 */
final class ClusterWeather extends Thread {

  private final TestCluster cluster;
  private final Random dice;
  private final Map<String, Integer> counts = new TreeMap<>();
  private volatile boolean over;

  ClusterWeather(TestCluster cluster, long seed) {
    super("weather");
    this.cluster = cluster;
    this.dice = new Random(seed);
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      while (!over) {
        sleep(100 + dice.nextInt(900));
        try {
          fault();
        } catch (RedisException e) {
          // A server was not there that was to do it.
          count("not done: " + e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      // The hunt is over.
    }
  }

  /** Ends it. */
  void end() {
    over = true;
    try {
      join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, Integer> counts() {
    return counts;
  }

  private void fault() throws InterruptedException {
    List<Integer> masters =
        IntStream.range(0, cluster.servers().size()).filter(cluster::isMaster).boxed().toList();
    int one = masters.get(dice.nextInt(masters.size()));
    TestRedis master = cluster.servers().get(one);
    switch (dice.nextInt(16)) {
      case 0, 1, 2, 3, 4, 5 -> move(masters, one);
      case 6, 7 -> {
        count("frozen");
        master.freeze();
        sleep(50 + dice.nextInt(400));
        master.thaw();
      }
      case 8, 9 -> loseKeys(master);
      case 10, 11 -> {
        count("connections cut");
        master.cutConnections();
      }
      case 12 -> {
        count("snapshot");
        master.commands().save();
      }
      case 13 -> {
        count("killed, old data");
        master.kill();
        master.restart();
        cluster.awaitOk();
      }
      case 14 -> {
        count("killed, no data");
        master.kill();
        forget(one);
        master.restart();
        cluster.awaitOk();
      }
      default -> failOver(one, master);
    }
  }

  private void move(List<Integer> masters, int from) {
    String key = cluster.servers().get(from).commands().randomkey();
    int to = masters.get(dice.nextInt(masters.size()));
    if (key == null || to == from) {
      return;
    }
    count("slot moved");
    cluster.move(
        SlotHash.getSlot(key),
        from,
        to,
        () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(dice.nextInt(20))));
  }

  private void failOver(int index, TestRedis master) {
    count("failover");
    master.kill();
    Eventually.eventually(
        "a replica is the master now",
        () ->
            IntStream.range(0, cluster.servers().size())
                .filter(i -> i != index)
                .allMatch(
                    i -> {
                      String info = cluster.servers().get(i).commands().clusterInfo();
                      return info.contains("cluster_state:ok")
                          && info.contains("cluster_slots_fail:0");
                    }));
    if (dice.nextBoolean()) {
      forget(index);
    }
    master.restart();
    cluster.awaitOk();
  }

  private void forget(int server) {
    try {
      Files.deleteIfExists(cluster.snapshot(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As when Redis is full: any key goes, leases and versions too. */
  private void loseKeys(TestRedis master) {
    count("keys lost");
    for (int i = 0; i < 20; i++) {
      String key = master.commands().randomkey();
      if (key != null) {
        master.commands().unlink(key);
      }
    }
  }

  private void count(String fault) {
    counts.merge(fault, 1, Integer::sum);
  }
}
