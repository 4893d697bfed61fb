package io.github.rediscached.agent.store;

import static io.github.rediscached.agent.store.OwnRedis.eventually;

import io.github.rediscached.agent.log.AgentLog;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster of real servers on this machine, for one test class. */
public final class OwnCluster implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 1_000;

  private final List<OwnRedis> servers = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final int masters;

  /**
   * @param replicas of each master
   */
  public OwnCluster(int masters, int replicas) {
    this.masters = masters;
    int count = masters * (1 + replicas);
    for (int i = 0; i < count; i++) {
      servers.add(server());
      ids.add(commands(i).clusterMyId());
    }
    for (int i = 0; i < masters; i++) {
      List<Integer> slots = new ArrayList<>();
      for (int slot = 0; slot < SlotHash.SLOT_COUNT; slot++) {
        if (slot * masters / SlotHash.SLOT_COUNT == i) {
          slots.add(slot);
        }
      }
      commands(i).clusterAddSlots(slots.stream().mapToInt(Integer::intValue).toArray());
    }
    for (int i = 1; i < count; i++) {
      commands(0).clusterMeet("127.0.0.1", servers.get(i).port());
    }
    for (int i = masters; i < count; i++) {
      int replica = i;
      eventually(
          "knows its master",
          () -> commands(replica).clusterReplicate(ids.get(replica % masters)).equals("OK"));
    }
    awaitOk();
  }

  private static OwnRedis server() {
    try {
      Path folder = Files.createTempDirectory("rediscached-cluster");
      return new OwnRedis(
          "--cluster-enabled",
          "yes",
          "--cluster-node-timeout",
          Integer.toString(TIMEOUT_MILLIS),
          "--cluster-replica-validity-factor",
          "0",
          "--appendonly",
          "no",
          "--dir",
          folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until all servers that run agree that all slots are served. */
  public void awaitOk() {
    for (OwnRedis server : servers) {
      if (server.isRunning()) {
        eventually(
            "the cluster is there",
            () ->
                server.commands().clusterInfo().contains("cluster_state:ok")
                    && server.commands().clusterInfo().contains("known_nodes:" + servers.size()));
      }
    }
  }

  public int masters() {
    return masters;
  }

  public OwnRedis server(int index) {
    return servers.get(index);
  }

  RedisCommands<String, String> commands(int index) {
    return servers.get(index).commands();
  }

  public String uri() {
    return servers.get(0).uri();
  }

  RedisStore store() {
    return store(Duration.ofSeconds(20));
  }

  RedisStore store(Duration timeout) {
    return store(timeout, RedisAccess.Mode.AUTO);
  }

  RedisStore store(Duration timeout, RedisAccess.Mode mode) {
    return new RedisStore(
        new RedisAccess(uri(), uri(), timeout, Duration.ofSeconds(20), mode),
        "ns",
        new AgentLog(System.err));
  }

  /** Which server has a slot, by what it says itself. */
  public int masterOf(int slot) {
    for (int i = 0; i < servers.size(); i++) {
      if (servers.get(i).isRunning() && owns(i, slot)) {
        return i;
      }
    }
    throw new AssertionError("nobody has slot " + slot);
  }

  private boolean owns(int index, int slot) {
    String own =
        commands(index)
            .clusterNodes()
            .lines()
            .filter(line -> line.contains("myself"))
            .findFirst()
            .orElseThrow();
    if (!own.contains("master")) {
      return false;
    }
    ClusterNodes nodes = ClusterNodes.parse(own, "127.0.0.1", false);
    return nodes.masterOf(slot) != null;
  }

  /** A slot is about to move: both servers know. */
  public void beginMove(int slot, int from, int to) {
    commands(to).clusterSetSlotImporting(slot, ids.get(from));
    commands(from).clusterSetSlotMigrating(slot, ids.get(to));
  }

  /** Moves some of its keys. */
  public void moveKeys(int slot, int from, int to, List<String> keys) {
    for (String key : keys) {
      commands(from)
          .migrate("127.0.0.1", servers.get(to).port(), 0, 10_000, MigrateArgs.Builder.key(key));
    }
  }

  /** How many keys the masters have together. */
  public long size() {
    long size = 0;
    for (int i = 0; i < masters; i++) {
      size += commands(i).dbsize();
    }
    return size;
  }

  public List<String> keysOf(int slot, int server) {
    return commands(server).clusterGetKeysInSlot(slot, 100_000);
  }

  public void endMove(int slot, int from, int to) {
    commands(to).clusterSetSlotNode(slot, ids.get(to));
    commands(from).clusterSetSlotNode(slot, ids.get(to));
  }

  public void move(int slot, int from, int to) {
    beginMove(slot, from, to);
    moveKeys(slot, from, to, keysOf(slot, from));
    endMove(slot, from, to);
  }

  @Override
  public void close() {
    servers.forEach(OwnRedis::close);
  }
}
