package io.github.rediscached.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A master and two replicas, each with a folder of its own, watched by three Sentinels. */
final class WatchedServers implements AutoCloseable {

  private static final int SERVERS = 3;

  private final Map<TestRedis, Path> folders = new LinkedHashMap<>();
  private final TestSentinels sentinels;

  WatchedServers() {
    try {
      for (int i = 0; i < SERVERS; i++) {
        Path folder = Files.createTempDirectory("rediscached-sentinel");
        folders.put(
            TestRedis.start("--dir", folder.toString(), "--repl-diskless-sync-delay", "0"), folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TestRedis first = all().get(0);
    others(first).forEach(replica -> replica.commands().replicaof("127.0.0.1", first.port()));
    sentinels = new TestSentinels(first);
    awaitOrder();
  }

  String uri() {
    return sentinels.uri();
  }

  TestSentinels sentinels() {
    return sentinels;
  }

  List<TestRedis> all() {
    return List.copyOf(folders.keySet());
  }

  List<TestRedis> others(TestRedis than) {
    return all().stream().filter(server -> server != than).toList();
  }

  /** The one on which all Sentinels agree, now or soon. */
  TestRedis master() {
    List<TestRedis> found = new ArrayList<>();
    Eventually.eventually(
        "the Sentinels agree",
        () -> {
          Optional<TestRedis> master = all().stream().filter(sentinels::agreeOn).findFirst();
          master.ifPresent(found::add);
          return master.isPresent();
        });
    return found.get(0);
  }

  TestRedis awaitAnotherThan(TestRedis old) {
    List<TestRedis> found = new ArrayList<>();
    Eventually.eventually(
        "a replica is promoted",
        () -> {
          TestRedis master = master();
          found.add(0, master);
          return master != old && isMaster(master);
        });
    return found.get(0);
  }

  /** Until all Sentinels and all servers agree who is the master, and its replicas follow it. */
  void awaitOrder() {
    Eventually.eventually(
        "one master, and replicas that follow it",
        () -> {
          TestRedis master = master();
          return isMaster(master)
              && sentinels.replicas() == SERVERS - 1
              && others(master).stream().allMatch(server -> follows(server, master));
        });
  }

  private static boolean isMaster(TestRedis server) {
    return replication(server).contains("role:master");
  }

  private static boolean follows(TestRedis server, TestRedis master) {
    String replication = replication(server);
    return replication.contains("master_port:" + master.port() + "\r\n")
        && replication.contains("master_link_status:up");
  }

  private static String replication(TestRedis server) {
    return server.commands().info("replication");
  }

  /** Connections that have asked to be told of changes: those of agents. */
  static long agents(TestRedis server) {
    return server.commands().clientList().lines().filter(line -> line.contains("flags=t")).count();
  }

  /** Deletes what it has saved. */
  void forget(TestRedis server) {
    try {
      Files.deleteIfExists(Objects.requireNonNull(folders.get(server)).resolve("dump.rdb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sentinels.close();
    all().forEach(TestRedis::close);
    for (Path folder : folders.values()) {
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
