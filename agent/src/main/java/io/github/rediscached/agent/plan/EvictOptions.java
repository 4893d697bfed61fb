package io.github.rediscached.agent.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation or a rule says of one eviction by the methods it stands for. Null means "not
 * said".
 *
 * @param cache the name of the cache that {@code key} and {@code allEntries} are about
 * @param key an expression for the one entry to remove
 * @param tags templates of the tags whose entries are removed
 * @param keyPattern a template of a glob over whole keys
 * @param allEntries whether the whole cache is emptied
 * @param beforeInvocation whether it happens before the method, not after it
 * @param onException whether it happens also after the method has thrown
 * @param condition an expression; false keeps everything
 */
public record EvictOptions(
    @Nullable String cache,
    @Nullable String key,
    List<String> tags,
    @Nullable String keyPattern,
    boolean allEntries,
    boolean beforeInvocation,
    boolean onException,
    @Nullable String condition) {

  /**
   * Whether an entry of the cache is removed whose key is made of all the method's arguments, as
   * there is nothing but the cache's name.
   */
  public boolean byArguments() {
    return cache != null && key == null && !allEntries && tags.isEmpty() && keyPattern == null;
  }

  /** Whether what is to be evicted may depend on what the method returned. */
  public boolean resultKnown() {
    return !beforeInvocation && !onException;
  }

  /** What is missing or does not fit together, as a sentence with a remedy; null if all is well. */
  public @Nullable String problem() {
    if (cache == null && key != null) {
      return "`key` needs `cache`, the name of the cache that the entry is in. Write both.";
    } else if (cache == null && allEntries) {
      return "`all-entries` needs `cache`, the name of the cache to empty. Write both.";
    } else if (cache == null && tags.isEmpty() && keyPattern == null) {
      return "an eviction has none of `cache`, `tags` and `key-pattern`, so it says not what to evict."
          + " Write one of them.";
    } else if (key != null && allEntries) {
      return "`all-entries` empties the cache, whatever `key` says. Remove one of the two.";
    } else if (beforeInvocation && onException) {
      return "`on-exception` is about what happens after the method, but `before-invocation` is set."
          + " Remove one of the two.";
    }
    return null;
  }
}
