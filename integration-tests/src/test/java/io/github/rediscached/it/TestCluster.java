package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A Redis Cluster of real processes on this machine, each with a folder of its own. */
final class TestCluster implements AutoCloseable {

  private static final int NODE_TIMEOUT_MILLIS = 1_000;

  private final List<TestRedis> servers = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  /**
   * @param replicas how many each master has
   * @param options of each server
   */
  TestCluster(int masters, int replicas, String... options) {
    int count = masters * (1 + replicas);
    for (int i = 0; i < count; i++) {
      servers.add(start(options));
      ids.add(servers.get(i).commands().clusterMyId());
    }
    for (int i = 0; i < masters; i++) {
      int master = i;
      servers
          .get(i)
          .commands()
          .clusterAddSlots(
              IntStream.range(0, SlotHash.SLOT_COUNT)
                  .filter(slot -> slot * masters / SlotHash.SLOT_COUNT == master)
                  .toArray());
    }
    for (TestRedis server : servers.subList(1, count)) {
      servers.get(0).commands().clusterMeet("127.0.0.1", server.port());
    }
    for (int i = masters; i < count; i++) {
      int replica = i;
      eventually(
          "a replica knows its master",
          () ->
              servers
                  .get(replica)
                  .commands()
                  .clusterReplicate(ids.get(replica % masters))
                  .equals("OK"));
    }
    awaitOk();
  }

  private TestRedis start(String... options) {
    try {
      Path folder = Files.createTempDirectory("rediscached-cluster");
      folders.add(folder);
      List<String> all = new ArrayList<>(List.of(options));
      all.addAll(List.of("--cluster-enabled", "yes", "--dir", folder.toString()));
      all.addAll(List.of("--cluster-node-timeout", Integer.toString(NODE_TIMEOUT_MILLIS)));
      all.addAll(
          List.of("--cluster-replica-validity-factor", "0", "--repl-diskless-sync-delay", "0"));
      return TestRedis.start(all.toArray(new String[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until all servers agree that all slots are served. */
  void awaitOk() {
    for (TestRedis server : servers) {
      eventually(
          "the cluster is there",
          () -> {
            String info = server.commands().clusterInfo();
            return info.contains("cluster_state:ok")
                && info.contains("cluster_slots_fail:0")
                && info.contains("known_nodes:" + servers.size());
          });
    }
  }

  String uri() {
    return servers.get(0).uri();
  }

  /** All servers, masters or not. */
  List<TestRedis> servers() {
    return servers;
  }

  boolean isMaster(int server) {
    return own(server).contains("master");
  }

  /** Whether a server says that it has a slot. */
  boolean owns(int server, int slot) {
    String[] words = own(server).split(" ", -1);
    for (int i = 8; i < words.length; i++) {
      String[] ends = words[i].split("-", -1);
      boolean range = !words[i].isEmpty() && !words[i].startsWith("[");
      if (range
          && Integer.parseInt(ends[0]) <= slot
          && slot <= Integer.parseInt(ends[ends.length - 1])) {
        return true;
      }
    }
    return false;
  }

  /** A master that is not this one. */
  int anotherMaster(int than) {
    return IntStream.range(0, servers.size())
        .filter(i -> i != than && isMaster(i))
        .findFirst()
        .orElseThrow();
  }

  /** Until all replicas are connected to their masters. */
  void awaitReplicas() {
    for (int i = 0; i < servers.size(); i++) {
      TestRedis server = servers.get(i);
      if (!isMaster(i)) {
        eventually(
            "a replica follows",
            () -> server.commands().info("replication").contains("master_link_status:up"));
      }
    }
  }

  private String own(int server) {
    return servers
        .get(server)
        .commands()
        .clusterNodes()
        .lines()
        .filter(line -> line.contains("myself"))
        .findFirst()
        .orElseThrow();
  }

  Path snapshot(int server) {
    return folders.get(server).resolve("dump.rdb");
  }

  /** Moves a slot with all its keys, some at a time; in between something else may be done. */
  void move(int slot, int from, int to, Runnable between) {
    servers.get(to).commands().clusterSetSlotImporting(slot, ids.get(from));
    servers.get(from).commands().clusterSetSlotMigrating(slot, ids.get(to));
    while (true) {
      List<String> keys = servers.get(from).commands().clusterGetKeysInSlot(slot, 7);
      if (keys.isEmpty()) {
        break;
      }
      for (String key : keys) {
        servers
            .get(from)
            .commands()
            .migrate(
                "127.0.0.1",
                servers.get(to).port(),
                0,
                5_000,
                MigrateArgs.Builder.<String>key(key).replace());
      }
      between.run();
    }
    servers.get(to).commands().clusterSetSlotNode(slot, ids.get(to));
    servers.get(from).commands().clusterSetSlotNode(slot, ids.get(to));
  }

  @Override
  public void close() {
    servers.forEach(TestRedis::close);
    for (Path folder : folders) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        // It lies in the folder for temporary files.
      }
    }
  }
}
