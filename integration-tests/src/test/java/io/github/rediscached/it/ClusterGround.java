package io.github.rediscached.it;

import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A cluster of three masters with a replica each: slots move under load, masters are killed and
 * replaced by their replicas, or are back at once with old data or with none.
 */
final class ClusterGround implements HuntingGround {

  private final TestCluster cluster = new TestCluster(3, 1);

  @Override
  public String uri(int jvm) {
    return cluster.uri();
  }

  @Override
  public void close() {
    cluster.close();
  }

  @Override
  public void fault(Weather weather) throws InterruptedException {
    Random dice = weather.dice();
    List<Integer> masters =
        IntStream.range(0, cluster.servers().size()).filter(cluster::isMaster).boxed().toList();
    int one = masters.get(dice.nextInt(masters.size()));
    TestRedis master = cluster.servers().get(one);
    switch (dice.nextInt(16)) {
      case 0, 1, 2, 3, 4, 5 -> move(weather, masters, one);
      case 6, 7 -> {
        weather.count("frozen");
        master.freeze();
        Thread.sleep(50 + dice.nextInt(400));
        master.thaw();
      }
      case 8, 9 -> weather.loseKeys(master);
      case 10, 11 -> {
        weather.count("connections cut");
        master.cutConnections();
      }
      case 12 -> {
        weather.count("snapshot");
        master.commands().save();
      }
      case 13 -> {
        weather.count("killed, old data");
        master.kill();
        master.restart();
        cluster.awaitOk();
      }
      case 14 -> {
        weather.count("killed, no data");
        master.kill();
        forget(one);
        master.restart();
        cluster.awaitOk();
      }
      default -> failOver(weather, one, master);
    }
  }

  private void move(Weather weather, List<Integer> masters, int from) {
    String key = cluster.servers().get(from).commands().randomkey();
    Random dice = weather.dice();
    int to = masters.get(dice.nextInt(masters.size()));
    if (key == null || to == from) {
      return;
    }
    weather.count("slot moved");
    cluster.move(
        SlotHash.getSlot(key),
        from,
        to,
        () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(dice.nextInt(20))));
  }

  private void failOver(Weather weather, int index, TestRedis master) {
    weather.count("failover");
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
    if (weather.dice().nextBoolean()) {
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
}
