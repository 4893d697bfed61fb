package io.github.rediscached.agent.store;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what INFO answers: lines of {@code name:value}. */
final class InfoReply {

  /** What several servers have together. */
  private static final Set<String> SUMS =
      Set.of("used_memory", "maxmemory", "evicted_keys", "keyspace_hits", "keyspace_misses");

  private InfoReply() {}

  /** Adds what a further server says. */
  static void add(Map<String, String> all, Map<String, String> further) {
    further.forEach(
        (name, value) ->
            all.merge(name, value, (one, other) -> SUMS.contains(name) ? sum(one, other) : one));
  }

  private static String sum(String one, String other) {
    try {
      return Long.toString(Long.parseLong(one.strip()) + Long.parseLong(other.strip()));
    } catch (NumberFormatException e) {
      return one;
    }
  }

  static Map<String, String> parse(byte[] @Nullable [] answer) {
    Map<String, String> fields = new HashMap<>();
    byte[] text = answer.length == 0 ? null : answer[0];
    if (text != null) {
      for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          fields.put(line.substring(0, colon), line.substring(colon + 1));
        }
      }
    }
    return fields;
  }
}
