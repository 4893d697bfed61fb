package io.github.rediscached.it;

import com.acme.faults.Callers;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Has an application suffer faults under load; a row for each says what its callers noticed. */
final class FaultTable {

  static final Act NOTHING = () -> {};

  private static final int THREADS = 32;
  private static final int PAUSE_MILLIS = 8;
  private static final Duration LASTS = Duration.ofSeconds(5);

  /** By then the agent has noticed: patience is a second, as the connect timeout. */
  private static final int NOTICED_MILLIS = 2_000;

  private final String subjects;
  private final List<String> rows = new ArrayList<>();

  /**
   * @param subjects heads the first column
   */
  FaultTable(String subjects) {
    this.subjects = subjects;
  }

  /** What is done to Redis; it may take its time. */
  interface Act {
    void run() throws IOException;
  }

  /**
   * Who suffers.
   *
   * @param jvm runs {@link Callers}
   */
  record Subject(FaultTable table, String name, RunningJvm jvm) {

    /** Begins a fault, and ends it {@link #LASTS} after the begin of the begin. */
    void suffers(String fault, Act begin, Act end) throws IOException {
      suffers(fault, LASTS, begin, end);
    }

    void suffers(String fault, Duration lasts, Act begin, Act end) throws IOException {
      // All is well before.
      jvm.ask("recovery");
      jvm.ask("begin");
      long beginNanos = System.nanoTime();
      try {
        begin.run();
        pause(lasts.minusNanos(System.nanoTime() - beginNanos));
      } catch (RedisException e) {
        System.err.println(fault + ": " + e.getMessage());
      }
      String[] seen = jvm.ask("end " + NOTICED_MILLIS).split(" ", -1);
      end.run();
      String recovery = jvm.ask("recovery");
      table.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %.1f | %.1f | %s | %s |",
              name,
              fault,
              seen[0],
              seen[1],
              Double.parseDouble(seen[2]) / 1_000,
              Double.parseDouble(seen[3]) / 1_000,
              seen[4],
              recovery));
    }
  }

  Subject subject(String name, RunningJvm jvm) {
    return new Subject(this, name, jvm);
  }

  /** An application with the agent, and timeouts that are its defaults. */
  static Jvm callers(String uri) {
    return unsetCallers()
        .setting("redis.uri", uri)
        .setting("redis.timeout", "100ms")
        .setting("redis.connect-timeout", "1s")
        .setting("near.enabled", "false")
        .setting("namespace", TestRedis.newNamespace());
  }

  /**
   * The same without any setting.
   *
   * @param more arguments of {@link Callers}
   */
  static Jvm unsetCallers(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(THREADS));
    arguments.add(Integer.toString(PAUSE_MILLIS));
    arguments.addAll(List.of(more));
    return Jvm.of(Callers.class, arguments.toArray(new String[0]));
  }

  static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  /** Again and again, for as long as a fault lasts. */
  static Act repeated(Act act) {
    return () -> {
      for (int i = 0; i < 20; i++) {
        act.run();
        pause(LASTS.dividedBy(20));
      }
    };
  }

  private void add(String row) {
    rows.add(row);
    System.err.println(row);
  }

  void print() {
    if (rows.isEmpty()) {
      return;
    }
    System.out.printf(
        "| %s | fault | calls | exceptions | longest call, ms | p99 once noticed, ms | hits, %% |"
            + " hits back after, ms |%n",
        subjects);
    System.out.println("|---|---|---:|---:|---:|---:|---:|---:|");
    rows.forEach(System.out::println);
  }
}
