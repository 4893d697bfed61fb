package io.github.rediscached.agent.http;

import io.github.rediscached.agent.plan.HttpOptions;
import java.util.Set;

/** What the statuses of responses mean to a cache (RFC 9110, 15). */
final class Statuses {

  static final int PARTIAL = 206;
  static final int NOT_MODIFIED = 304;
  static final int ERRORS = 400;
  static final int SERVER_ERRORS = 500;

  private static final Set<Integer> HEURISTIC =
      Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

  /** Those whose meaning for caches is known, for {@code must-understand}. */
  private static final Set<Integer> UNDERSTOOD =
      Set.of(200, 203, 204, 300, 301, 302, 303, 307, 308, 400, 404, 405, 410, 414, 501);

  private Statuses() {}

  /** Whether a rule lets responses of this status be stored. */
  static boolean mayBeStored(int status, HttpOptions options) {
    return status >= 200
        && status != PARTIAL
        && status != NOT_MODIFIED
        && (status < ERRORS
            || options.statuses().contains(HttpOptions.ALL_STATUSES)
            || options.statuses().contains(status));
  }

  /** Whether a response may be fresh that does not say so itself. */
  static boolean isHeuristic(int status) {
    return HEURISTIC.contains(status);
  }

  static boolean isUnderstood(int status) {
    return UNDERSTOOD.contains(status);
  }
}
