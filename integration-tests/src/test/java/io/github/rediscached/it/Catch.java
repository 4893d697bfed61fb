package io.github.rediscached.it;

import com.acme.hunt.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a hunt brought home.
 *
 * @param jvms what each of them said
 * @param faults by name
 * @param journal each fault with the time of its begin
 * @param signs of a soak
 */
record Catch(
    long seed,
    List<Outcome> jvms,
    Map<String, Integer> faults,
    List<String> journal,
    List<VitalSigns.Sign> signs) {

  long calls() {
    return ofAllKinds("calls");
  }

  long hits() {
    return calls() - ofAllKinds("loads");
  }

  long hits(Kind kind) {
    return sum("calls-" + kind) - sum("loads-" + kind);
  }

  long changes(Kind kind) {
    return sum("changes-" + kind);
  }

  long stale() {
    return ofAllKinds("stale");
  }

  long stale(Kind kind) {
    return sum("stale-" + kind);
  }

  /** What a call has thrown is no answer either. */
  long failures() {
    return sum("failures");
  }

  /** Lines about stale answers, with the JVM. */
  List<String> details() {
    List<String> details = new ArrayList<>();
    for (int i = 0; i < jvms.size(); i++) {
      for (String detail : jvms.get(i).values("detail")) {
        details.add("JVM " + i + ": " + detail);
      }
    }
    return details;
  }

  String table() {
    StringBuilder table = new StringBuilder();
    row(table, "seed", seed);
    faults.forEach((name, count) -> row(table, "fault: " + name, count));
    for (String figure : jvms.get(0).names("agent-")) {
      row(table, figure.replace("agent-", "agent: "), sum(figure));
    }
    row(table, "failures", failures());
    if (!signs.isEmpty()) {
      heading(table, "first", "median", "last");
      signs.forEach(sign -> row(table, sign.name(), sign.first(), sign.median(), sign.last()));
    }
    heading(table, "calls", "hits", "loads", "changes", "stale");
    for (Kind kind : Kind.values()) {
      row(
          table,
          kind.toString(),
          sum("calls-" + kind),
          hits(kind),
          sum("loads-" + kind),
          changes(kind),
          stale(kind));
    }
    row(table, "all", calls(), hits(), ofAllKinds("loads"), ofAllKinds("changes"), stale());
    details().forEach(detail -> table.append(detail).append('\n'));
    if (stale() > 0) {
      journal.forEach(fault -> table.append("at ").append(fault).append('\n'));
    }
    return table.toString();
  }

  private static void heading(StringBuilder table, String... columns) {
    table.append(" ".repeat(24));
    for (String column : columns) {
      table.append(" %14s".formatted(column));
    }
    table.append('\n');
  }

  private static void row(StringBuilder table, String name, long... values) {
    table.append("%-24s".formatted(name));
    for (long value : values) {
      table.append(" %,14d".formatted(value));
    }
    table.append('\n');
  }

  private long ofAllKinds(String name) {
    long sum = 0;
    for (Kind kind : Kind.values()) {
      sum += sum(name + "-" + kind);
    }
    return sum;
  }

  private long sum(String name) {
    return jvms.stream().mapToLong(jvm -> Long.parseLong(jvm.value(name))).sum();
  }
}
