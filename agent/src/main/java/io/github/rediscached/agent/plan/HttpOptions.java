package io.github.rediscached.agent.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a rule of {@code http}, which caches the responses of a web application's routes.
 * Null stands for an option that is left out. Names of headers have the spelling of the file, so a
 * comparison disregards case.
 *
 * @param path the pattern of the paths, such as {@code /api/products/{id}}; begins with a slash
 * @param cache the cache's name; default: the path
 * @param ttl how long a response is fresh that says nothing of it; default: only responses that say
 *     how long they are fresh are cached
 * @param tags templates of the entry's tags, in which {@code #path} and {@code #query} are known
 * @param vary request headers whose values belong to the key
 * @param query the names of the parameters that belong to the key; null for all, an empty list for
 *     none
 * @param key what else belongs to the key: {@code principal}, {@code session}, {@code
 *     header:<name>} or {@code cookie:<name>}
 * @param statuses the statuses of errors that are stored, too, 400 to 599; {@link #ALL_STATUSES}
 *     alone for all
 * @param ignoredHeaders request headers that handlers read and that make no difference; {@code *}
 *     alone for all but those of {@code vary} and {@code key}
 * @param staleWhileRevalidate how long after its freshness a response is given while it is made
 *     anew, zero for not at all; default: what the response says
 * @param staleOnError how long after its freshness a response is given where the handler fails,
 *     zero for not at all; default: what the response says
 * @param requestDirectives whether the {@code Cache-Control} of requests is honoured
 * @param cacheStatus whether answers tell by {@code Cache-Status} what the cache did
 * @param near whether responses are kept in the memory of the JVM, and how long
 * @param alsoStore what a cautious cache does not store: {@link #SET_COOKIE}, {@link #HEURISTIC},
 *     {@link #ATTRIBUTES}
 */
public record HttpOptions(
    String path,
    @Nullable String cache,
    @Nullable Duration ttl,
    List<String> tags,
    List<String> vary,
    @Nullable List<String> query,
    List<String> key,
    List<Integer> statuses,
    List<String> ignoredHeaders,
    @Nullable Duration staleWhileRevalidate,
    @Nullable Duration staleOnError,
    boolean requestDirectives,
    boolean cacheStatus,
    NearOption near,
    List<String> alsoStore) {

  /** Stands in {@link #alsoStore} for responses that set cookies. */
  public static final String SET_COOKIE = "set-cookie";

  /** Stands in {@link #alsoStore} for responses that say only when they have changed last. */
  public static final String HEURISTIC = "heuristic";

  /** Stands in {@link #statuses} for all errors. */
  public static final int ALL_STATUSES = 0;

  /** Stands in {@link #alsoStore} for responses of handlers that read what filters have left. */
  public static final String ATTRIBUTES = "attributes";

  /** Whether responses of handlers are stored that read attributes which filters have set. */
  public boolean storesAttributes() {
    return alsoStore.contains(ATTRIBUTES);
  }

  /** Whether responses that set cookies are stored, cookies and all. */
  public boolean storesSetCookie() {
    return alsoStore.contains(SET_COOKIE);
  }

  /** Whether responses are fresh for a tenth of the time since their last change. */
  public boolean storesHeuristically() {
    return alsoStore.contains(HEURISTIC);
  }

  /** The name of the cache that has the responses. */
  public String cacheName() {
    return cache == null ? path : cache;
  }

  /** The contradiction between two options, or within one, with a remedy; null if there is none. */
  public @Nullable String problem() {
    if (statuses.size() > 1 && statuses.contains(ALL_STATUSES)) {
      return "`statuses` has all besides others. Write all alone, or only numbers.";
    }
    if (ignoredHeaders.size() > 1 && ignoredHeaders.contains("*")) {
      return "`ignore-headers` has \"*\", which means all, besides others. Write \"*\" alone, or"
          + " only names.";
    }
    for (String ignored : ignoredHeaders) {
      String option =
          contains(vary, ignored)
              ? "vary"
              : contains(key, "header:".concat(ignored)) ? "key" : null;
      if (option != null) {
        return "`ignore-headers` has \""
            + ignored
            + "\", a header that belongs to the key because of `"
            + option
            + "`. Remove it from one of the two.";
      }
    }
    return null;
  }

  private static boolean contains(List<String> names, String wanted) {
    for (String name : names) {
      if (name.equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }
}
