package io.github.rediscached.benchmarks;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;

/** What Redis has been asked for so far, by all its clients. */
public final class ServedCommands {

  /** What connections do of their own, and this class. */
  private static final Set<String> HOUSEKEEPING =
      Set.of("auth", "client", "command", "hello", "info", "ping", "quit", "select", "subscribe");

  private static final String PREFIX = "cmdstat_";
  private static final String CALLS = "calls=";

  private ServedCommands() {}

  /** Commands and how often each was called, without what connections do of their own. */
  public static Map<String, Long> of(String uri) {
    String lines;
    try (Jedis jedis = new Jedis(URI.create(uri))) {
      lines = jedis.info("commandstats");
    }
    Map<String, Long> calls = new TreeMap<>();
    for (String line : lines.split("\r?\n", -1)) {
      // Such as cmdstat_client|tracking:calls=1,usec=12,...
      int colon = line.indexOf(':');
      if (line.startsWith(PREFIX) && colon > 0) {
        String command = line.substring(PREFIX.length(), colon);
        int from = line.indexOf(CALLS, colon) + CALLS.length();
        if (!HOUSEKEEPING.contains(command.split("\\|", -1)[0])) {
          calls.put(command, Long.valueOf(line.substring(from, line.indexOf(',', from))));
        }
      }
    }
    return calls;
  }
}
