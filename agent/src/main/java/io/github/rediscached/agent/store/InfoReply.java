package io.github.rediscached.agent.store;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what INFO answers: lines of {@code name:value}. */
final class InfoReply {

  private InfoReply() {}

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
