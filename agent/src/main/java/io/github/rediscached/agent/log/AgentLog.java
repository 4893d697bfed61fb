package io.github.rediscached.agent.log;

import java.io.PrintStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Lines on stderr, each marked as ours. It never throws and never goes through the application's
 * logging, which may not be set up yet. Never give it a secret or a cached value. Thread-safe.
 */
public final class AgentLog {

  /** Topics remembered by {@link #warnOnce}; the oldest is forgotten when there are more. */
  private static final int MAX_TOPICS = 10_000;

  private final PrintStream out;
  private final Set<String> saidTopics =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > MAX_TOPICS;
                }
              }));

  public AgentLog(PrintStream out) {
    this.out = out;
  }

  public void info(String message) {
    print("[rediscached] " + message);
  }

  public void warn(String message) {
    print("[rediscached] WARN " + message);
  }

  /** Warns, unless this topic was warned of before. */
  public void warnOnce(String topic, String message) {
    if (saidTopics.add(topic)) {
      warn(message);
    }
  }

  private void print(String line) {
    try {
      out.println(line);
    } catch (RuntimeException e) {
      // A broken stderr must not break the application.
    }
  }
}
