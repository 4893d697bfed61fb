package io.github.rediscached.it;

import java.util.List;
import java.util.Random;

/**
 * A master and two replicas behind three Sentinels. Masters are killed, frozen or asked to go, and
 * replaced; the old ones come back with old data or with none. After each failover it waits until
 * the old master is a replica: of two masters at once the protocol promises nothing.
 */
final class SentinelGround implements HuntingGround {

  private final WatchedServers servers = new WatchedServers();
  private final int jvms;

  SentinelGround(int jvms) {
    this.jvms = jvms;
  }

  @Override
  public String uri(int jvm) {
    return servers.uri();
  }

  @Override
  public void fault(Weather weather) throws InterruptedException {
    Random dice = weather.dice();
    TestRedis master = servers.master();
    switch (dice.nextInt(18)) {
      case 0, 1, 2 -> {
        weather.count("failover: killed");
        master.kill();
        TestRedis next = servers.awaitAnotherThan(master);
        if (dice.nextBoolean()) {
          servers.forget(master);
        }
        master.restart();
        demote(weather, master, next);
      }
      case 3, 4 -> {
        weather.count("failover: frozen");
        master.freeze();
        TestRedis next = servers.awaitAnotherThan(master);
        Eventually.eventually(
            "all JVMs are with the new master", () -> WatchedServers.agents(next) == jvms);
        master.thaw();
        demote(weather, master, next);
      }
      case 5 -> {
        weather.count("failover: asked for");
        servers.sentinels().failOver();
        TestRedis ignored = servers.awaitAnotherThan(master);
        servers.awaitOrder();
      }
      case 6, 7, 8 -> {
        weather.count("frozen");
        master.freeze();
        // Shorter than what the Sentinels take for its death.
        Thread.sleep(50 + dice.nextInt(300));
        master.thaw();
      }
      case 9, 10 -> weather.loseKeys(master);
      case 11, 12 -> {
        weather.count("connections cut");
        master.cutConnections();
      }
      case 13 -> {
        weather.count("snapshot");
        servers.all().forEach(server -> server.commands().save());
      }
      case 14 -> {
        weather.count("killed, back at once");
        master.kill();
        if (dice.nextBoolean()) {
          servers.forget(master);
        }
        master.restart();
        servers.awaitOrder();
      }
      case 15 -> {
        weather.count("a replica killed");
        List<TestRedis> replicas = servers.others(master);
        TestRedis replica = replicas.get(dice.nextInt(replicas.size()));
        replica.kill();
        replica.restart();
        demote(weather, replica, master);
      }
      case 16 -> {
        weather.count("all Sentinels killed");
        servers.sentinels().kill();
        Thread.sleep(dice.nextInt(500));
        servers.sentinels().restart();
      }
      default -> {
        weather.count("all killed");
        servers.sentinels().kill();
        servers.all().forEach(TestRedis::kill);
        servers.all().forEach(TestRedis::restart);
        servers.sentinels().restart();
        servers.awaitOrder();
      }
    }
  }

  /** What the Sentinels do after some seconds, and who starts a server at once. */
  private void demote(Weather weather, TestRedis server, TestRedis master) {
    if (weather.dice().nextBoolean()) {
      server.commands().replicaof("127.0.0.1", master.port());
    }
    servers.awaitOrder();
  }

  @Override
  public void close() {
    servers.close();
  }
}
