package io.github.rediscached.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How to hunt.
 *
 * @param seed of all random decisions
 * @param caching "agent"; "none" and "forgetful" test the harness itself, without the agent
 * @param naive whether the agent leaves its guards out
 */
record HuntOptions(Duration time, long seed, int jvms, String caching, boolean naive) {

  /** From {@code --minutes=}, {@code --seed=}, {@code --jvms=} and {@code --naive}. */
  static HuntOptions of(String... arguments) {
    HuntOptions options = seeded(new Random().nextInt(1_000_000));
    for (String argument : List.of(arguments)) {
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.startsWith("--minutes=")) {
        options = options.time(Duration.ofMinutes(Long.parseLong(value)));
      } else if (argument.startsWith("--seed=")) {
        options =
            new HuntOptions(
                options.time, Long.parseLong(value), options.jvms, options.caching, options.naive);
      } else if (argument.startsWith("--jvms=")) {
        options =
            new HuntOptions(
                options.time,
                options.seed,
                Integer.parseInt(value),
                options.caching,
                options.naive);
      } else if (argument.equals("--naive")) {
        options = new HuntOptions(options.time, options.seed, options.jvms, options.caching, true);
      } else {
        throw new IllegalArgumentException("unknown: " + argument);
      }
    }
    return options;
  }

  static HuntOptions seeded(long seed) {
    return new HuntOptions(Duration.ofMinutes(5), seed, 3, "agent", false);
  }

  HuntOptions time(Duration span) {
    return new HuntOptions(span, seed, jvms, caching, naive);
  }

  HuntOptions withoutGuards() {
    return new HuntOptions(time, seed, jvms, caching, true);
  }

  HuntOptions caching(String other) {
    return new HuntOptions(time, seed, jvms, other, naive);
  }

  /** Enough to hunt with the same dice again. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--minutes=" + Math.max(1, time.toMinutes()));
    arguments.add("--seed=" + seed);
    arguments.add("--jvms=" + jvms);
    if (naive) {
      arguments.add("--naive");
    }
    return arguments;
  }
}
