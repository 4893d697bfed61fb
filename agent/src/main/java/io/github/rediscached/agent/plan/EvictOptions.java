package io.github.rediscached.agent.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of one eviction, from an annotation or a rule. Null stands for an option that is left
 * out.
 *
 * @param cache the name of the cache that {@code key} and {@code allEntries} refer to
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

  /** Whether its expressions may use the result of the method. */
  public boolean resultKnown() {
    return !beforeInvocation && !onException;
  }

  /** A missing option or a contradiction, with a remedy; null if there is none. */
  public @Nullable String problem() {
    if (cache == null && key != null) {
      return "`key` needs `cache`, the name of the cache that the entry is in. Write both.";
    } else if (cache == null && allEntries) {
      return "`all-entries` needs `cache`, the name of the cache to empty. Write both.";
    } else if (cache == null && tags.isEmpty() && keyPattern == null) {
      return "an eviction has none of `cache`, `tags` and `key-pattern`, so it says not what to"
          + " evict. Write one of them.";
    } else if (key != null && allEntries) {
      return "`all-entries` empties the cache, whatever `key` says. Remove one of the two.";
    } else if (beforeInvocation && onException) {
      return "`on-exception` is about what happens after the method, but `before-invocation` is"
          + " set. Remove one of the two.";
    }
    return null;
  }
}
