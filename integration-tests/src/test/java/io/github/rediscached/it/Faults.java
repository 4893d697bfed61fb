package io.github.rediscached.it;

import com.acme.faults.Callers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Measures what faults of Redis cost an application under load, on one server, behind Sentinels and
 * on a cluster: the table of docs/reliability.md. {@code faults.sh} calls it.
 */
final class Faults {

  private static final int THREADS = 32;
  private static final int PAUSE_MILLIS = 8;
  private static final Duration LASTS = Duration.ofSeconds(5);

  /** By then the agent has noticed: patience is a second, as the connect timeout. */
  private static final int NOTICED_MILLIS = 2_000;

  private final List<String> rows = new ArrayList<>();
  private final Random dice = new Random(1);

  private Faults() {}

  /** What is done to Redis; it may take its time. */
  private interface Act {
    void run() throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    Faults faults = new Faults();
    faults.oneServer();
    faults.cluster();
    faults.sentinels();
    System.out.println(
        "| Redis | fault | exceptions | longest call, ms | p99 once noticed, ms | hits, % | hits back after, ms |");
    System.out.println("|---|---|---:|---:|---:|---:|---:|");
    faults.rows.forEach(System.out::println);
    System.exit(0);
  }

  private static Jvm callers(String uri) {
    return Jvm.of(Callers.class, Integer.toString(THREADS), Integer.toString(PAUSE_MILLIS))
        .setting("redis.uri", uri)
        .setting("redis.timeout", "100ms")
        .setting("redis.connect-timeout", "1s")
        .setting("near.enabled", "false")
        .setting("namespace", TestRedis.newNamespace());
  }

  private void fault(String kind, RunningJvm jvm, String name, Act begin, Act end)
      throws IOException {
    // All is well before.
    jvm.ask("recovery");
    jvm.ask("begin");
    try {
      begin.run();
      pause(LASTS);
    } catch (RedisException e) {
      System.err.println(name + ": " + e.getMessage());
    }
    String[] seen = jvm.ask("end " + NOTICED_MILLIS).split(" ", -1);
    end.run();
    String recovery = jvm.ask("recovery");
    rows.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %.1f | %.1f | %s | %s |",
            kind,
            name,
            seen[1],
            Double.parseDouble(seen[2]) / 1_000,
            Double.parseDouble(seen[3]) / 1_000,
            seen[4],
            recovery));
    System.err.println(rows.get(rows.size() - 1));
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  /** Again and again, for as long as a fault lasts. */
  private static Act repeated(Act act) {
    return () -> {
      for (int i = 0; i < 20; i++) {
        act.run();
        pause(LASTS.dividedBy(20));
      }
    };
  }

  private void oneServer() throws IOException {
    Act nothing = () -> {};
    try (TestRedis redis = TestRedis.start();
        TcpProxy proxy = new TcpProxy(redis);
        StatefulRedisConnection<String, String> other = RedisClient.create(redis.uri()).connect();
        RunningJvm jvm = callers(proxy.uri()).start()) {
      fault("one server", jvm, "none", nothing, nothing);
      fault("one server", jvm, "refused", () -> proxy.refuse(true), () -> proxy.refuse(false));
      fault(
          "one server",
          jvm,
          "swallowed: no packet comes through, no reset",
          () -> proxy.hang(true),
          () -> proxy.hang(false));
      fault(
          "one server",
          jvm,
          "answers lost",
          () -> proxy.hangAnswers(true),
          () -> proxy.hangAnswers(false));
      fault("one server", jvm, "reset, 4 times a second", repeated(proxy::reset), nothing);
      fault("one server", jvm, "frozen", redis::freeze, redis::thaw);
      fault("one server", jvm, "`kill -9`, back empty", redis::kill, redis::restart);
      fault(
          "one server",
          jvm,
          "`CLIENT KILL`, 4 times a second",
          repeated(redis::cutConnections),
          nothing);
      fault(
          "one server",
          jvm,
          "`SCRIPT FLUSH`, 4 times a second",
          repeated(() -> redis.commands().scriptFlush()),
          nothing);
      fault(
          "one server",
          jvm,
          "`OOM`: full, no eviction, and emptied",
          () -> {
            redis.commands().configSet("maxmemory", "1");
            redis.commands().flushall();
          },
          () -> redis.commands().configSet("maxmemory", "0"));
      fault(
          "one server",
          jvm,
          "`BUSY`: a script that does not end",
          () -> {
            redis.commands().configSet("busy-reply-threshold", "100");
            var ignored = other.async().eval("while true do end", ScriptOutputType.STATUS);
          },
          () -> redis.commands().scriptKill());
    }
    try (TestRedis redis = TestRedis.start()) {
      String uri = redis.uriOf("app", "sesame", "~*", "+@all");
      try (RunningJvm jvm = callers(uri).start()) {
        fault(
            "one server",
            jvm,
            "`NOPERM`: the user loses all rights",
            () -> redis.uriOf("app", "sesame", "-@all"),
            () -> redis.uriOf("app", "sesame", "+@all"));
        fault(
            "one server",
            jvm,
            "`WRONGPASS`: the user is gone, connections cut",
            () -> {
              redis.uriOf("app", "sesame", "off");
              redis.cutConnections();
            },
            () -> redis.uriOf("app", "sesame", "on"));
        fault(
            "one server",
            jvm,
            "limit of connections",
            () -> {
              redis.commands().configSet("maxclients", "1");
              redis.cutConnections();
            },
            () -> redis.commands().configSet("maxclients", "10000"));
      }
    }
  }

  private void cluster() throws IOException {
    try (TestCluster cluster = new TestCluster(3, 1);
        RunningJvm jvm = callers(cluster.uri()).start()) {
      String kind = "cluster, 3 masters, 3 replicas";
      fault(kind, jvm, "none", () -> {}, () -> {});
      int frozen = masterOf(cluster, 0);
      cluster.awaitReplicas();
      fault(
          kind,
          jvm,
          "a master frozen, replaced",
          () -> cluster.servers().get(frozen).freeze(),
          () -> cluster.servers().get(frozen).thaw());
      cluster.awaitOk();
      cluster.awaitReplicas();
      int killed = masterOf(cluster, SlotHash.SLOT_COUNT / 2);
      fault(
          kind,
          jvm,
          "a master killed, replaced",
          () -> cluster.servers().get(killed).kill(),
          () -> cluster.servers().get(killed).restart());
      cluster.awaitOk();
      fault(
          kind,
          jvm,
          "20 slots moved to another master",
          () ->
              IntStream.range(0, 20)
                  .forEach(
                      i -> {
                        int slot = slotOfKey(cluster);
                        int from = masterOf(cluster, slot);
                        cluster.move(
                            slot,
                            from,
                            cluster.anotherMaster(from),
                            () -> pause(Duration.ofMillis(5)));
                      }),
          () -> {});
      fault(
          kind,
          jvm,
          "`CLIENT KILL` on all, 4 times a second",
          repeated(() -> cluster.servers().forEach(TestRedis::cutConnections)),
          () -> {});
      fault(
          kind,
          jvm,
          "all servers killed at once",
          () -> cluster.servers().forEach(TestRedis::kill),
          () -> {
            cluster.servers().forEach(TestRedis::restart);
            cluster.awaitOk();
          });
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

  private void sentinels() throws IOException {
    try (TestRedis master = TestRedis.start();
        TestRedis replica =
            TestRedis.start("--replicaof", "127.0.0.1 " + RedisURI.create(master.uri()).getPort());
        TestSentinels sentinels = new TestSentinels(master)) {
      Eventually.eventually("the replica is known", () -> sentinels.replicas() == 1);
      Eventually.eventually(
          "the replica follows",
          () -> replica.commands().info("replication").contains("master_link_status:up"));
      try (RunningJvm jvm = callers(sentinels.uri()).start()) {
        fault(
            "Sentinel, 3 of them, 1 replica",
            jvm,
            "the master killed, replaced",
            master::kill,
            () -> {});
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
