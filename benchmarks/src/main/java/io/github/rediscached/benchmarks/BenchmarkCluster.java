package io.github.rediscached.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A Redis Cluster of our own on the loopback address, without replicas. */
public final class BenchmarkCluster implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final List<BenchmarkRedis> masters = new ArrayList<>();
  private final RedisClient client = RedisClient.create();

  public BenchmarkCluster(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path folder = Files.createTempDirectory("rediscached-cluster");
      masters.add(BenchmarkRedis.start("--cluster-enabled", "yes", "--dir", folder.toString()));
    }
    List<StatefulRedisConnection<String, String>> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StatefulRedisConnection<String, String> connection =
          client.connect(RedisURI.create(masters.get(i).uri()));
      connections.add(connection);
      int master = i;
      connection
          .sync()
          .clusterAddSlots(
              IntStream.range(0, SlotHash.SLOT_COUNT)
                  .filter(slot -> slot * count / SlotHash.SLOT_COUNT == master)
                  .toArray());
      if (i > 0) {
        connections
            .get(0)
            .sync()
            .clusterMeet("127.0.0.1", RedisURI.create(masters.get(i).uri()).getPort());
      }
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (StatefulRedisConnection<String, String> connection : connections) {
      while (!isComplete(connection.sync().clusterInfo(), count)) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("The cluster does not come together.");
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private static boolean isComplete(String info, int count) {
    return info.contains("cluster_state:ok") && info.contains("known_nodes:" + count);
  }

  public String uri() {
    return masters.get(0).uri();
  }

  @Override
  public void close() {
    client.shutdown();
    masters.forEach(BenchmarkRedis::close);
  }
}
