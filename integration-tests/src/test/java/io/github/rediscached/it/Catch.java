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
 */
record Catch(long seed, List<Outcome> jvms, Map<String, Integer> faults) {

  long calls() {
    return sum("calls");
  }

  long hits() {
    return calls() - sum("loads");
  }

  long stale() {
    long stale = 0;
    for (Kind kind : Kind.values()) {
      stale += stale(kind);
    }
    return stale;
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
    row(table, "calls", calls());
    row(table, "hits", hits());
    row(table, "loads", sum("loads"));
    row(table, "changes", sum("changes"));
    row(table, "failures", failures());
    faults.forEach((name, count) -> row(table, "fault: " + name, count));
    for (Kind kind : Kind.values()) {
      row(table, "stale: " + kind, stale(kind));
    }
    row(table, "stale", stale());
    details().forEach(detail -> table.append(detail).append('\n'));
    return table.toString();
  }

  private static void row(StringBuilder table, String name, long value) {
    table.append("%-24s %,14d%n".formatted(name, value));
  }

  private long sum(String name) {
    return jvms.stream().mapToLong(jvm -> Long.parseLong(jvm.value(name))).sum();
  }
}
