package io.github.rediscached.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * How to hunt, in the words of the command line: {@code --name=value}, or {@code --name} for what
 * is off unless it is given. docs/invalidation.md says what each means.
 */
final class HuntOptions {

  private final Map<String, String> values;

  private HuntOptions(Map<String, String> values) {
    this.values = values;
  }

  static HuntOptions of(String... arguments) {
    Map<String, String> values = defaults();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = equals < 0 ? "true" : argument.substring(equals + 1);
      if (values.replace(name, value) == null) {
        throw new IllegalArgumentException("unknown: " + argument + "; known are " + values);
      }
    }
    return new HuntOptions(values);
  }

  private static Map<String, String> defaults() {
    Map<String, String> values = new TreeMap<>();
    values.put("--minutes", "5");
    // Of random decisions.
    values.put("--seed", Integer.toString(new Random().nextInt(1_000_000)));
    values.put("--jvms", "3");
    values.put("--near", "false");
    values.put("--untracked", "false");
    values.put("--cluster", "false");
    values.put("--sentinel", "false");
    values.put("--naive", "false");
    values.put("--soak", "false");
    values.put("--fault-every", "0.6");
    values.put("--pause-ms", "0");
    // "none" and "forgetful" test the harness itself, without the agent.
    values.put("--caching", "agent");
    return values;
  }

  Duration time() {
    return Duration.ofMillis((long) (60_000 * Double.parseDouble(value("--minutes"))));
  }

  long seed() {
    return Long.parseLong(value("--seed"));
  }

  int jvms() {
    return Integer.parseInt(value("--jvms"));
  }

  /** Then other JVMs may be late by {@link Hunt#NEAR_WINDOW}. */
  boolean near() {
    return is("--near") || untracked();
  }

  /** With a near cache, of a user who may not use {@code CLIENT TRACKING}; on one server only. */
  boolean untracked() {
    return is("--untracked");
  }

  /** On three masters, each with a replica. */
  boolean cluster() {
    return is("--cluster");
  }

  /** On a master with two replicas, behind three Sentinels. */
  boolean sentinel() {
    return is("--sentinel");
  }

  /** Whether the script that stores loses its guards on its way to Redis. */
  boolean naive() {
    return is("--naive");
  }

  /** Whether the memory, threads and descriptors of each JVM are measured each minute. */
  boolean soak() {
    return is("--soak");
  }

  /** From the end of a fault to the next one, on average. */
  Duration faultEvery() {
    return Duration.ofMillis(
        (long) (1_000 * Double.parseDouble(value("--fault-every").replace("s", ""))));
  }

  /** After each call of a reader, on average; changers wait ten times as long. */
  int pauseMillis() {
    return Integer.parseInt(value("--pause-ms"));
  }

  String caching() {
    return value("--caching");
  }

  /** Enough to hunt with the same dice again. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    Map<String, String> defaults = defaults();
    values.forEach(
        (name, value) -> {
          if (value.equals("true")) {
            arguments.add(name);
          } else if (!value.equals(defaults.get(name))) {
            arguments.add(name + "=" + value);
          }
        });
    return arguments;
  }

  private boolean is(String name) {
    return Boolean.parseBoolean(value(name));
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }
}
