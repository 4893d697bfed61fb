package io.github.rediscached.it;

import java.io.IOException;
import java.util.List;

/**
 * Measures what faults of Redis cost an application under load: the tables of docs/reliability.md.
 * {@code faults.sh} calls it.
 */
final class Faults {

  private Faults() {}

  /** Which tables: {@code server}, {@code cluster}, {@code sentinel}, {@code peers}; or all. */
  public static void main(String[] arguments) throws IOException {
    List<String> chosen =
        arguments.length == 0
            ? List.of("server", "cluster", "sentinel", "peers")
            : List.of(arguments);
    FaultTable table = new FaultTable("Redis");
    FaultTable peers = new FaultTable("cache");
    for (String one : chosen) {
      switch (one) {
        case "server" -> ServerFaults.measure(table);
        case "cluster" -> new ClusterFaults().measure(table);
        case "sentinel" -> SentinelFaults.measure(table);
        case "peers" -> PeerFaults.measure(peers);
        default -> throw new IllegalArgumentException("unknown: " + one);
      }
    }
    table.print();
    peers.print();
    System.exit(0);
  }
}
