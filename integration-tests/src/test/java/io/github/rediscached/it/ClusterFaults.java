package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static io.github.rediscached.it.FaultTable.NOTHING;
import static io.github.rediscached.it.FaultTable.callers;
import static io.github.rediscached.it.FaultTable.pause;
import static io.github.rediscached.it.FaultTable.repeated;

import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Faults of a cluster. */
final class ClusterFaults {

  private static final String NAME = "cluster, 3 masters, 3 replicas";

  private final Random dice = new Random(1);

  void measure(FaultTable table) throws IOException {
    ofServers(table);
    ofUsers(table);
    ofTheWay(table);
  }

  private void ofServers(FaultTable table) throws IOException {
    try (TestCluster cluster = new TestCluster(3, 1);
        RunningJvm jvm = callers(cluster.uri()).start()) {
      List<TestRedis> servers = cluster.servers();
      FaultTable.Subject subject = table.subject(NAME, jvm);
      subject.suffers("none", NOTHING, NOTHING);
      TestRedis frozen = servers.get(masterOf(cluster, 0));
      cluster.awaitReplicas();
      subject.suffers("a master frozen, replaced", frozen::freeze, frozen::thaw);
      cluster.awaitOk();
      cluster.awaitReplicas();
      TestRedis killed = servers.get(masterOf(cluster, SlotHash.SLOT_COUNT / 2));
      subject.suffers("a master killed, replaced", killed::kill, killed::restart);
      cluster.awaitOk();
      subject.suffers("20 slots moved to another master", () -> moveSlots(cluster), NOTHING);
      subject.suffers(
          "`CLIENT KILL` on all, 4 times a second",
          repeated(() -> servers.forEach(TestRedis::cutConnections)),
          NOTHING);
      TestRedis owner = servers.get(masterOf(cluster, 0));
      subject.suffers(
          "`CLUSTERDOWN`: a slot is nobody's",
          () -> eventually("all servers refuse", () -> refuseWithoutSlot(servers)),
          () -> {
            owner.commands().clusterAddSlots(0);
            cluster.awaitOk();
          });
      subject.suffers(
          "all servers killed at once",
          () -> servers.forEach(TestRedis::kill),
          () -> {
            servers.forEach(TestRedis::restart);
            cluster.awaitOk();
          });
    }
  }

  /** One that hears of the owner before it has forgotten too has to be told again. */
  private static boolean refuseWithoutSlot(List<TestRedis> servers) {
    boolean all = true;
    for (TestRedis server : servers) {
      if (!server.commands().clusterInfo().contains("cluster_state:fail")) {
        all = false;
        server.commands().clusterDelSlots(0);
      }
    }
    return all;
  }

  private void moveSlots(TestCluster cluster) {
    for (int i = 0; i < 20; i++) {
      int slot = slotOfKey(cluster);
      int from = masterOf(cluster, slot);
      cluster.move(slot, from, cluster.anotherMaster(from), () -> pause(Duration.ofMillis(5)));
    }
  }

  private static void ofUsers(FaultTable table) throws IOException {
    try (TestCluster cluster = new TestCluster(3, 1)) {
      List<String> uris =
          cluster.servers().stream()
              .map(server -> server.uriOf("app", "sesame", "~*", "+@all"))
              .toList();
      try (RunningJvm jvm = callers(uris.get(0)).start()) {
        table
            .subject(NAME, jvm)
            .suffers(
                "`NOPERM`: the user loses all rights on one master",
                () -> cluster.servers().get(0).uriOf("app", "sesame", "-@all"),
                () -> cluster.servers().get(0).uriOf("app", "sesame", "+@all"));
      }
    }
  }

  /** Each server tells clients and replicas the port of a proxy; the servers' own bus goes on. */
  private static void ofTheWay(FaultTable table) throws IOException {
    List<TcpProxy> proxies = new ArrayList<>();
    try (TestCluster cluster = new TestCluster(3, 1)) {
      for (TestRedis server : cluster.servers()) {
        TcpProxy proxy = new TcpProxy(server);
        proxies.add(proxy);
        server.commands().configSet("cluster-announce-port", Integer.toString(proxy.listenPort()));
      }
      for (TestRedis server : cluster.servers()) {
        eventually(
            "all know the ports of the proxies",
            () -> {
              String nodes = server.commands().clusterNodes();
              return proxies.stream()
                  .allMatch(proxy -> nodes.contains("127.0.0.1:" + proxy.listenPort() + "@"));
            });
      }
      cluster.awaitOk();
      cluster.awaitReplicas();
      TcpProxy master = proxies.get(0);
      try (RunningJvm jvm = callers(proxies.get(1).uri()).start()) {
        table
            .subject(NAME, jvm)
            .suffers(
                "swallowed to one master, which is not replaced",
                () -> master.hang(true),
                () -> master.hang(false));
      }
    } finally {
      for (TcpProxy proxy : proxies) {
        proxy.close();
      }
    }
  }

  /** Of a key, so that it is the slot of a bucket with entries. */
  private int slotOfKey(TestCluster cluster) {
    while (true) {
      int server = dice.nextInt(cluster.servers().size());
      String key = cluster.servers().get(server).commands().randomkey();
      if (key != null && cluster.isMaster(server)) {
        return SlotHash.getSlot(key);
      }
    }
  }

  private static int masterOf(TestCluster cluster, int slot) {
    return IntStream.range(0, cluster.servers().size())
        .filter(i -> cluster.isMaster(i) && cluster.owns(i, slot))
        .findFirst()
        .orElseThrow();
  }
}
