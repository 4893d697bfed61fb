package io.github.rediscached.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a runner was told, as {@code --name=value}. */
public final class Arguments {

  private final Map<String, String> values = new TreeMap<>(defaults());

  /**
   * @throws IllegalArgumentException if there is a name that is not among the defaults
   */
  public Arguments(Map<String, String> defaults, String... arguments) {
    values.putAll(defaults);
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!name.startsWith("--") || equals < 0 || !values.containsKey(name.substring(2))) {
        throw new IllegalArgumentException(
            argument + " is unknown. Known are --name=value with the names and defaults " + values);
      }
      values.put(name.substring(2), argument.substring(equals + 1));
    }
  }

  private static Map<String, String> defaults() {
    // Where the runner finds things; run.sh knows.
    return Map.of(
        "agent", "agent/target/rediscached-agent.jar",
        "json", "",
        "docs", "");
  }

  public String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }

  public int number(String name) {
    return Integer.parseInt(get(name));
  }

  public List<Integer> numbers(String name) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : get(name).split(",", -1)) {
      numbers.add(Integer.valueOf(number));
    }
    return numbers;
  }

  /** The constants of an enum, whichever case they are written in. */
  public <E extends Enum<E>> List<E> constants(String name, Class<E> type) {
    List<E> constants = new ArrayList<>();
    for (String constant : get(name).split(",", -1)) {
      constants.add(
          Enum.valueOf(type, constant.toUpperCase(java.util.Locale.ROOT).replace('-', '_')));
    }
    return constants;
  }
}
