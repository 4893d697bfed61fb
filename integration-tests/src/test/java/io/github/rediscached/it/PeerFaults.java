package io.github.rediscached.it;

import static io.github.rediscached.it.FaultTable.NOTHING;
import static io.github.rediscached.it.FaultTable.callers;
import static io.github.rediscached.it.FaultTable.repeated;
import static io.github.rediscached.it.FaultTable.unsetCallers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * The same faults for other caches with their defaults. They stand in the benchmarks, which have
 * these libraries.
 */
final class PeerFaults {

  private static final Path BENCHMARKS = Path.of("../benchmarks/target");
  private static final String PEERS = "io.github.rediscached.benchmarks.faults.";

  /** Longer than any timeout. */
  private static final Duration LONG = Duration.ofSeconds(65);

  private PeerFaults() {}

  static void measure(FaultTable table) throws IOException {
    measure(table, "rediscached", uri -> callers(uri));
    // Their log would stand between the answers of the application.
    Path noLog = Files.createTempFile("rediscached-faults", ".xml");
    Files.writeString(noLog, "<configuration/>");
    String libraries = Files.readString(BENCHMARKS.resolve("class-path")).strip();
    for (String[] peer :
        new String[][] {
          {"Spring `@Cacheable`, Spring Data Redis", "SpringItems"},
          {"Redisson `RMapCache`", "RedissonItems"},
          {"JetCache", "JetCacheItems"}
        }) {
      measure(
          table,
          peer[0],
          uri ->
              unsetCallers(PEERS + peer[1], uri)
                  .withoutAgent()
                  .option("-Dlogback.configurationFile=" + noLog)
                  .classPath(BENCHMARKS.resolve("classes"))
                  .classPath(libraries));
    }
    Files.delete(noLog);
  }

  private static void measure(FaultTable table, String name, Function<String, Jvm> jvmOn)
      throws IOException {
    try (TestRedis redis = TestRedis.start();
        TcpProxy proxy = new TcpProxy(redis);
        RunningJvm jvm = jvmOn.apply(proxy.uri()).start()) {
      FaultTable.Subject cache = table.subject(name, jvm);
      cache.suffers("none", NOTHING, NOTHING);
      cache.suffers("refused", () -> proxy.refuse(true), () -> proxy.refuse(false));
      cache.suffers(
          "swallowed: no packet comes through, no reset",
          () -> proxy.hang(true),
          () -> proxy.hang(false));
      cache.suffers("reset, 4 times a second", repeated(proxy::reset), NOTHING);
      cache.suffers("frozen", redis::freeze, redis::thaw);
      cache.suffers("`kill -9`, back empty", redis::kill, redis::restart);
      cache.suffers("swallowed for 65 s", LONG, () -> proxy.hang(true), () -> proxy.hang(false));
    }
  }
}
