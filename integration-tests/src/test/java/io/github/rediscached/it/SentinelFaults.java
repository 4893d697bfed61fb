package io.github.rediscached.it;

import static io.github.rediscached.it.FaultTable.NOTHING;
import static io.github.rediscached.it.FaultTable.callers;

import java.io.IOException;
import java.time.Duration;

/** Faults of servers behind Sentinels. */
final class SentinelFaults {

  private static final String NAME = "Sentinel, 3 of them, 2 replicas";

  private SentinelFaults() {}

  static void measure(FaultTable table) throws IOException {
    try (WatchedServers servers = new WatchedServers();
        RunningJvm jvm = callers(servers.uri()).start()) {
      FaultTable.Subject subject = table.subject(NAME, jvm);
      subject.suffers("none", NOTHING, NOTHING);

      TestRedis killed = servers.master();
      subject.suffers("the master killed, replaced", killed::kill, NOTHING);
      killed.restart();
      servers.awaitOrder();

      TestRedis frozen = servers.master();
      subject.suffers("the master frozen, replaced", frozen::freeze, frozen::thaw);
      servers.awaitOrder();

      // The Sentinels leave the old master alone for some seconds, and cut its connections then.
      subject.suffers(
          "`SENTINEL FAILOVER`: replaced while it lives, 15 s",
          Duration.ofSeconds(15),
          () -> servers.sentinels().failOver(),
          NOTHING);
      servers.awaitOrder();

      subject.suffers(
          "all Sentinels killed",
          () -> servers.sentinels().kill(),
          () -> servers.sentinels().restart());
      subject.suffers(
          "all Sentinels and servers killed",
          () -> {
            servers.sentinels().kill();
            servers.all().forEach(TestRedis::kill);
          },
          () -> {
            servers.all().forEach(TestRedis::restart);
            servers.sentinels().restart();
          });
      servers.awaitOrder();

      TestRedis stuck = servers.master();
      TestRedis other = servers.others(stuck).get(0);
      subject.suffers(
          "`READONLY`: emptied, and made a replica by hand",
          () -> {
            other.commands().replicaofNoOne();
            stuck.commands().multi();
            stuck.commands().flushall();
            stuck.commands().replicaof("127.0.0.1", other.port());
            stuck.commands().exec();
          },
          () -> {
            stuck.commands().replicaofNoOne();
            other.commands().replicaof("127.0.0.1", stuck.port());
          });
    }
  }
}
