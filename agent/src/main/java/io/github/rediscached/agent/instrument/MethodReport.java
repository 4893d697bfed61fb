package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.log.AgentLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which methods are cached, evict or put, and which do not and why, for the log and JConsole.
 * Thread-safe.
 */
public final class MethodReport {

  private static final int MAX_METHODS = 10_000;

  private final AgentLog log;
  private final Runnable onInstrumented;
  private final TreeSet<String> instrumented = new TreeSet<>();
  private final TreeMap<String, String> rejected = new TreeMap<>();

  /** The rules of which a method was reported that they do not name. */
  private final Set<String> wildcards = new HashSet<>();

  /**
   * @param onInstrumented called for each method that is instrumented; must return at once
   */
  public MethodReport(AgentLog log, Runnable onInstrumented) {
    this.log = log;
    this.onInstrumented = onInstrumented;
  }

  void instrumented(String method) {
    synchronized (this) {
      if (instrumented.size() < MAX_METHODS) {
        instrumented.add(method);
      }
    }
    onInstrumented.run();
  }

  /** A method can serve none of its purposes. */
  void rejected(String method, Set<Purpose> purposes, String reason) {
    synchronized (this) {
      instrumented.remove(method);
    }
    for (Purpose purpose : purposes) {
      rejected(method, purpose, reason, null);
    }
  }

  /**
   * Says so in the log, once for each method and purpose. Of the methods that a wildcard means, the
   * log has the first one and says once that there are more.
   *
   * @param wildcard the rule that asks for it, if it does not name the method
   */
  void rejected(String method, Purpose purpose, String reason, @Nullable MethodRule wildcard) {
    boolean isFirst = true;
    String failure = method + ' ' + purpose.failure();
    synchronized (this) {
      String name = purpose == Purpose.CACHE ? method : failure;
      if (rejected.size() >= MAX_METHODS || rejected.put(name, reason) != null) {
        return;
      }
      if (wildcard != null) {
        isFirst = wildcards.add(wildcard.name());
      }
    }
    if (wildcard == null || isFirst) {
      log.warn(failure + ": " + reason);
    } else {
      log.warnOnce(
          "wildcard " + wildcard.name(),
          wildcard.place()
              + ": the rule for "
              + wildcard.pattern()
              + " means more methods that can't do as it asks. `RejectedMethods` in JMX lists them"
              + " with the reasons. Name those that you mean.");
    }
  }

  /**
   * A method is instrumented and too large now to be compiled. Says so in the log, once.
   *
   * @param size bytes of code
   * @param limit of the JVM's compilers
   */
  void interpreted(String method, int size, int limit) {
    log.warnOnce(
        "interpreted " + method,
        method
            + " will run slowly: with the agent's call sites it has "
            + size
            + " bytes of code, and HotSpot compiles no method of more than "
            + limit
            + " unless it is started with -XX:-DontCompileHugeMethods. Move a part of it to another"
            + " method, or start the JVM with that option.");
  }

  /** A rule has matched no method so far. */
  void unmatched(MethodRule rule, String reason) {
    synchronized (this) {
      rejected.put(rule.name(), reason);
    }
    log.warn(
        rule.place() + ": the rule for " + rule.pattern() + " has matched no method: " + reason);
  }

  /** It has, at last; nothing is said of a rule that was not reported. */
  void matchedAfterAll(MethodRule rule) {
    synchronized (this) {
      if (rejected.remove(rule.name()) == null) {
        return;
      }
    }
    log.info(rule.place() + ": the rule for " + rule.pattern() + " has matched a method now.");
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
