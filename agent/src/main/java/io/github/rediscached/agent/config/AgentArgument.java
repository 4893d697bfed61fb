package io.github.rediscached.agent.config;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Splits the agent's argument, {@code name=value,name=value}. Values may contain commas and equal
 * signs: a comma separates only if a text like {@code name=} follows.
 */
final class AgentArgument {

  /** A longer text before an equal sign is a secret in base64 that ends with one. */
  private static final int MAX_NAME_LENGTH = 40;

  static final Place PLACE = new Place("agent argument");

  private AgentArgument() {}

  /** The values by name. */
  static Map<String, String> split(@Nullable String argument, Problems problems) {
    Map<String, String> given = new TreeMap<>();
    int start = 0;
    while (argument != null && start < argument.length()) {
      int end = nextSeparator(argument, start);
      add(argument.substring(start, end).strip(), given, problems);
      start = end + 1;
    }
    return given;
  }

  private static int nextSeparator(String argument, int start) {
    int comma = argument.indexOf(',', start);
    while (comma >= 0 && !namesSetting(argument, comma + 1)) {
      comma = argument.indexOf(',', comma + 1);
    }
    return comma < 0 ? argument.length() : comma;
  }

  /** Whether a name with an equal sign follows, or nothing but another comma or the end. */
  private static boolean namesSetting(String argument, int start) {
    int end = start;
    while (end < argument.length() && argument.charAt(end) == ' ') {
      end++;
    }
    int nameStart = end;
    while (end < argument.length() && isNameCharacter(argument.charAt(end))) {
      end++;
    }
    int nameEnd = end;
    while (end < argument.length() && argument.charAt(end) == ' ') {
      end++;
    }
    if (end == argument.length() || argument.charAt(end) == ',') {
      return nameEnd == nameStart;
    }
    return nameEnd > nameStart
        && nameEnd - nameStart <= MAX_NAME_LENGTH
        && argument.charAt(end) == '=';
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-'
        || c == '_';
  }

  private static void add(String part, Map<String, String> given, Problems problems) {
    if (part.isEmpty()) {
      return;
    }
    int equals = part.indexOf('=');
    if (equals <= 0 || (part.indexOf(':') >= 0 && part.indexOf(':') < equals)) {
      problems.add(PLACE, remark(part, equals));
      return;
    }
    String name = part.substring(0, equals).stripTrailing();
    if (given.put(name, part.substring(equals + 1)) != null) {
      problems.add(PLACE, "`" + name + "` is given twice. Remove one of them.");
    }
  }

  /** Shows the part only if it is no value, since any value may be a secret. */
  private static String remark(String part, int equals) {
    if (KnownSettings.CATALOG.find(part) != null) {
      return "`" + part + "` has no value. Write " + part + "=value.";
    }
    boolean file = equals < 0 && (part.endsWith(".yaml") || part.endsWith(".yml"));
    String shown =
        file || part.contains("://") ? "\"" + RedactedUri.of(part) + "\"" : "A part of it";
    return shown + " has no name. Write name=value, such as config=/etc/rediscached.yaml.";
  }
}
