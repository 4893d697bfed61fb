package io.github.rediscached.agent.cli;

import java.util.Map;

/** Writes figures as JSON. */
final class Json {

  private Json() {}

  /** Objects of numbers, by name; on one line. */
  static String object(Map<String, ? extends Map<String, Number>> objects) {
    StringBuilder out = new StringBuilder("{");
    for (Map.Entry<String, ? extends Map<String, Number>> each : objects.entrySet()) {
      name(out, each.getKey());
      out.append('{');
      for (Map.Entry<String, Number> number : each.getValue().entrySet()) {
        name(out, number.getKey());
        double value = number.getValue().doubleValue();
        out.append(Double.isFinite(value) ? number.getValue().toString() : "null");
      }
      out.append('}');
    }
    return out.append('}').toString();
  }

  private static void name(StringBuilder out, String name) {
    char before = out.charAt(out.length() - 1);
    if (before != '{') {
      out.append(',');
    }
    out.append('"');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append("\":");
  }
}
