package io.github.rediscached.agent.jmx;

import java.util.List;

/**
 * The figures and switches of the bean {@code type=Agent}. The agent implements it, so that this
 * package knows no other part of the agent but the counters. Threads of JMX call it; only
 * invalidations may wait, for Redis.
 */
public interface AgentView {

  String version();

  /** Whether cached methods look into Redis at all. */
  boolean enabled();

  void enabled(boolean on);

  /** The methods that are cached, or that evict or put. */
  List<String> instrumentedMethods();

  /** The methods that annotations or rules name and that stay as they are, each with the reason. */
  List<String> rejectedMethods();

  /** The number of results in the memory of this JVM. */
  long nearEntries();

  /** Their approximate size in bytes. */
  long nearBytes();

  /** Reads the settings again; if they have mistakes nothing changes. */
  void reload();

  /** Invalidates all entries with a tag. */
  void invalidateTag(String tag);

  /**
   * Deletes entries by pattern. Returns the number of deleted keys, or -1 if whole caches were
   * invalidated instead.
   *
   * @throws IllegalArgumentException if the pattern does not begin with the namespace
   */
  long invalidatePattern(String pattern);

  /** Invalidates all entries of a cache. */
  void clear(String cache);

  /** Invalidates all entries of the namespace. */
  void clearAll();
}
