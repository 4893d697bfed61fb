package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static io.github.rediscached.it.FaultTable.NOTHING;
import static io.github.rediscached.it.FaultTable.callers;
import static io.github.rediscached.it.FaultTable.repeated;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Faults of one server, and of the way to it. */
final class ServerFaults {

  private static final String NAME = "one server";
  private static final String HOST = "redis.test";

  private ServerFaults() {}

  static void measure(FaultTable table) throws IOException {
    ofTheWay(table);
    ofTheServer(table);
    ofUsers(table);
    ofTheDisk(table);
    loading(table);
    ofTheName(table);
  }

  private static void ofTheWay(FaultTable table) throws IOException {
    try (TestRedis redis = TestRedis.start();
        TcpProxy proxy = new TcpProxy(redis);
        RunningJvm jvm = callers(proxy.uri()).start()) {
      FaultTable.Subject server = table.subject(NAME, jvm);
      server.suffers("none", NOTHING, NOTHING);
      server.suffers("refused", () -> proxy.refuse(true), () -> proxy.refuse(false));
      server.suffers(
          "swallowed: no packet comes through, no reset",
          () -> proxy.hang(true),
          () -> proxy.hang(false));
      server.suffers("answers lost", () -> proxy.hangAnswers(true), () -> proxy.hangAnswers(false));
      server.suffers("a byte a second", () -> proxy.trickle(true), () -> proxy.trickle(false));
      server.suffers("reset, 4 times a second", repeated(proxy::reset), NOTHING);
    }
  }

  private static void ofTheServer(FaultTable table) throws IOException {
    try (TestRedis redis = TestRedis.start();
        StatefulRedisConnection<String, String> other = RedisClient.create(redis.uri()).connect();
        RunningJvm jvm = callers(redis.uri()).start()) {
      FaultTable.Subject server = table.subject(NAME, jvm);
      server.suffers("frozen", redis::freeze, redis::thaw);
      server.suffers("`kill -9`, back empty", redis::kill, redis::restart);
      server.suffers("`CLIENT KILL`, 4 times a second", repeated(redis::cutConnections), NOTHING);
      server.suffers(
          "`SCRIPT FLUSH`, 4 times a second",
          repeated(() -> redis.commands().scriptFlush()),
          NOTHING);
      server.suffers(
          "`OOM`: full, no eviction, and emptied",
          () -> {
            redis.commands().configSet("maxmemory", "1");
            redis.commands().flushall();
          },
          () -> redis.commands().configSet("maxmemory", "0"));
      server.suffers(
          "`BUSY`: a script that does not end",
          () -> {
            redis.commands().configSet("busy-reply-threshold", "100");
            var ignored = other.async().eval("while true do end", ScriptOutputType.STATUS);
          },
          () -> redis.commands().scriptKill());
      server.suffers(
          "`READONLY`: emptied, and a replica then",
          () -> {
            redis.commands().multi();
            redis.commands().flushall();
            redis.commands().replicaof("127.0.0.1", 1);
            redis.commands().exec();
          },
          () -> redis.commands().replicaofNoOne());
    }
  }

  private static void ofUsers(FaultTable table) throws IOException {
    try (TestRedis redis = TestRedis.start()) {
      String uri = redis.uriOf("app", "sesame", "~*", "+@all");
      try (RunningJvm jvm = callers(uri).start()) {
        FaultTable.Subject server = table.subject(NAME, jvm);
        server.suffers(
            "`NOPERM`: the user loses all rights",
            () -> redis.uriOf("app", "sesame", "-@all"),
            () -> redis.uriOf("app", "sesame", "+@all"));
        server.suffers(
            "`WRONGPASS`: the user is gone, connections cut",
            () -> {
              redis.uriOf("app", "sesame", "off");
              redis.cutConnections();
            },
            () -> redis.uriOf("app", "sesame", "on"));
        server.suffers(
            "limit of connections",
            () -> {
              redis.commands().configSet("maxclients", "1");
              redis.cutConnections();
            },
            () -> redis.commands().configSet("maxclients", "10000"));
      }
    }
  }

  private static void ofTheDisk(FaultTable table) throws IOException {
    Path folder = Files.createTempDirectory("rediscached-faults");
    try (TestRedis redis = TestRedis.start("--dir", folder.toString());
        RunningJvm jvm = callers(redis.uri()).start()) {
      FaultTable.Subject server = table.subject(NAME, jvm);
      server.suffers(
          "`kill -9`, back with an old snapshot",
          () -> {
            redis.commands().save();
            redis.kill();
          },
          redis::restart);
      // Redis minds only if it is to save at all, and not yet.
      redis.commands().configSet("stop-writes-on-bgsave-error", "no");
      redis.commands().configSet("save", "3600 1000000");
      // Without its folder there is no place for a snapshot, as on a full disk.
      Files.deleteIfExists(folder.resolve("dump.rdb"));
      Files.delete(folder);
      redis.commands().bgsave();
      eventually("a snapshot has failed", () -> persistence(redis, "bgsave_status:err"));
      server.suffers(
          "`MISCONF`: no snapshot can be saved, and emptied",
          () -> {
            redis.commands().multi();
            redis.commands().flushall();
            redis.commands().configSet("stop-writes-on-bgsave-error", "yes");
            redis.commands().exec();
          },
          () -> redis.commands().configSet("stop-writes-on-bgsave-error", "no"));
    }
  }

  /** A start takes as long as with many more keys: each one takes a millisecond. */
  private static void loading(FaultTable table) throws IOException {
    Path folder = Files.createTempDirectory("rediscached-faults");
    try (TestRedis redis =
            TestRedis.start(
                "--dir",
                folder.toString(),
                "--key-load-delay",
                "1000",
                "--loading-process-events-interval-bytes",
                "1024");
        RunningJvm jvm = callers(redis.uri()).start()) {
      Map<String, String> many = new HashMap<>();
      for (int i = 0; i < 5_500; i++) {
        many.put("other:" + i, "x".repeat(100));
      }
      redis.commands().mset(many);
      table
          .subject(NAME, jvm)
          .suffers(
              "`LOADING`: restarted, and takes its time",
              () -> {
                redis.commands().save();
                redis.kill();
                redis.restart();
                eventually("it loads", () -> persistence(redis, "\nloading:1"));
              },
              () -> eventually("it has loaded", () -> persistence(redis, "\nloading:0")));
    } finally {
      Files.deleteIfExists(folder.resolve("dump.rdb"));
      Files.deleteIfExists(folder);
    }
  }

  private static boolean persistence(TestRedis redis, String text) {
    return redis.commands().info("persistence").contains(text);
  }

  /** The JVM's own name service is a file here, and remembers an answer for a second. */
  private static void ofTheName(FaultTable table) throws IOException {
    Path hosts = Files.createTempFile("rediscached-faults", "hosts");
    Files.writeString(hosts, "127.0.0.1 " + HOST + "\n");
    try (TestRedis first = TestRedis.start();
        TestRedis second = TestRedis.start();
        TcpProxy toFirst = new TcpProxy(first);
        TcpProxy toSecond = new TcpProxy(second, "127.0.0.2", toFirst.listenPort());
        RunningJvm jvm =
            callers("redis://" + HOST + ":" + toFirst.listenPort())
                .option("-Djdk.net.hosts.file=" + hosts, "-Dsun.net.inetaddr.ttl=1")
                .start()) {
      table
          .subject(NAME, jvm)
          .suffers(
              "its name leads to another server, the first one is gone",
              () -> {
                Files.writeString(hosts, "127.0.0.2 " + HOST + "\n");
                toFirst.refuse(true);
              },
              () -> eventually("the new one is used", () -> toSecond.connections() > 0));
    } finally {
      Files.deleteIfExists(hosts);
    }
  }
}
