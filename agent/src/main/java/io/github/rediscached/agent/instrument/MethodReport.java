package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.log.AgentLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which methods are cached and which are not and why, for the log and JConsole. Thread-safe. */
public final class MethodReport {

  private static final int MAX_METHODS = 10_000;

  private final AgentLog log;
  private final TreeSet<String> instrumented = new TreeSet<>();
  private final TreeMap<String, String> rejected = new TreeMap<>();

  public MethodReport(AgentLog log) {
    this.log = log;
  }

  synchronized void instrumented(String method) {
    if (instrumented.size() < MAX_METHODS) {
      instrumented.add(method);
    }
  }

  /** Says so in the log, once for each method. */
  void rejected(String method, String reason) {
    synchronized (this) {
      instrumented.remove(method);
      if (rejected.size() >= MAX_METHODS || rejected.put(method, reason) != null) {
        return;
      }
    }
    log.warn(method + " is not cached: " + reason);
  }

  public synchronized List<String> instrumentedMethods() {
    return new ArrayList<>(instrumented);
  }

  /** Each with its reason. */
  public synchronized List<String> rejectedMethods() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> method : rejected.entrySet()) {
      lines.add(method.getKey() + ": " + method.getValue());
    }
    return lines;
  }
}
