package io.github.rediscached.agent.log;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Writes the agent's messages to stderr, each marked with the agent's name. It never throws, and
 * never uses the application's logging, which may not be set up yet. No message may hold a secret
 * or a cached value. Thread-safe.
 */
public final class AgentLog {

  /** Bounds the topics that {@link #warnOnce} remembers; it forgets the oldest first. */
  private static final int MAX_TOPICS = 10_000;

  private final PrintStream out;
  private final Set<String> saidTopics = new LinkedHashSet<>();

  public AgentLog(PrintStream out) {
    this.out = out;
  }

  public void info(String message) {
    print("[rediscached] " + message);
  }

  public void warn(String message) {
    print("[rediscached] WARN " + message);
  }

  /** Warns, unless there was a warning on this topic before. */
  public void warnOnce(String topic, String message) {
    if (isNew(topic)) {
      warn(message);
    }
  }

  private synchronized boolean isNew(String topic) {
    boolean isNew = saidTopics.add(topic);
    if (saidTopics.size() > MAX_TOPICS) {
      saidTopics.remove(saidTopics.iterator().next());
    }
    return isNew;
  }

  private void print(String line) {
    try {
      out.println(line);
    } catch (RuntimeException e) {
      // A broken stderr must not break the application.
    }
  }
}
