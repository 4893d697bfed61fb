package io.github.rediscached.agent.jmx;

import java.util.List;

/** What the agent's bean shows and switches. Called on threads of JMX; answers without waiting. */
public interface AgentView {

  String version();

  /** Whether cached methods are looked up at all. */
  boolean enabled();

  void enabled(boolean on);

  /** The methods that are cached. */
  List<String> instrumentedMethods();

  /** The methods that were asked for and are not cached, each with its reason. */
  List<String> rejectedMethods();

  /** Results in the memory of this JVM. */
  long nearEntries();

  /** What they weigh in bytes, about. */
  long nearBytes();

  /** Invalidates everything with a tag. */
  void invalidateTag(String tag);

  /**
   * Deletes entries by pattern; how many keys were deleted, or -1 if whole caches were invalidated
   * instead.
   *
   * @throws IllegalArgumentException if the pattern does not begin with the namespace
   */
  long invalidatePattern(String pattern);

  /** Invalidates all entries of a cache. */
  void clear(String cache);

  /** Invalidates all entries of the namespace. */
  void clearAll();
}
