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
 * @param naive whether the script that stores loses its guards on its way to Redis
 * @param near with a near cache other JVMs may be late by {@link Hunt#NEAR_WINDOW}
 * @param cluster whether Redis is a cluster of three masters, each with a replica
 */
record HuntOptions(
    Duration time, long seed, int jvms, String caching, boolean naive, Near near, boolean cluster) {

  /** Whether there is a near cache, and what its user may do. */
  enum Near {
    OFF,
    TRACKED,
    UNTRACKED
  }

  /**
   * From {@code --minutes=}, {@code --seed=}, {@code --jvms=}, {@code --near}, {@code --untracked},
   * {@code --cluster}, {@code --naive}.
   */
  static HuntOptions of(String... arguments) {
    HuntOptions options = seeded(new Random().nextInt(1_000_000));
    for (String argument : List.of(arguments)) {
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.startsWith("--minutes=")) {
        options = options.time(Duration.ofMinutes(Long.parseLong(value)));
      } else if (argument.startsWith("--seed=")) {
        options = options.seed(Long.parseLong(value));
      } else if (argument.startsWith("--jvms=")) {
        options = options.jvms(Integer.parseInt(value));
      } else if (argument.equals("--naive")) {
        options = options.withoutGuards();
      } else if (argument.equals("--cluster")) {
        options = options.onCluster();
      } else if (argument.equals("--near")) {
        options = options.withNearCache();
      } else if (argument.equals("--untracked")) {
        options = options.withoutTracking();
      } else {
        throw new IllegalArgumentException("unknown: " + argument);
      }
    }
    return options;
  }

  static HuntOptions seeded(long seed) {
    return new HuntOptions(Duration.ofMinutes(5), seed, 3, "agent", false, Near.OFF, false);
  }

  HuntOptions time(Duration span) {
    return new HuntOptions(span, seed, jvms, caching, naive, near, cluster);
  }

  private HuntOptions seed(long other) {
    return new HuntOptions(time, other, jvms, caching, naive, near, cluster);
  }

  private HuntOptions jvms(int count) {
    return new HuntOptions(time, seed, count, caching, naive, near, cluster);
  }

  HuntOptions withoutGuards() {
    return new HuntOptions(time, seed, jvms, caching, true, near, cluster);
  }

  HuntOptions withNearCache() {
    return new HuntOptions(time, seed, jvms, caching, naive, Near.TRACKED, cluster);
  }

  /** With a near cache, of a user who may not use {@code CLIENT TRACKING}. */
  HuntOptions withoutTracking() {
    return new HuntOptions(time, seed, jvms, caching, naive, Near.UNTRACKED, cluster);
  }

  boolean isNear() {
    return near != Near.OFF;
  }

  HuntOptions onCluster() {
    return new HuntOptions(time, seed, jvms, caching, naive, near, true);
  }

  HuntOptions caching(String other) {
    return new HuntOptions(time, seed, jvms, other, naive, near, cluster);
  }

  /** Enough to hunt with the same dice again. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--minutes=" + Math.max(1, time.toMinutes()));
    arguments.add("--seed=" + seed);
    arguments.add("--jvms=" + jvms);
    if (cluster) {
      arguments.add("--cluster");
    }
    if (isNear()) {
      arguments.add(near == Near.TRACKED ? "--near" : "--untracked");
    }
    if (naive) {
      arguments.add("--naive");
    }
    return arguments;
  }
}
