package io.github.rediscached.agent.store;

/** How waiting for a key to change has ended. */
enum WaitResult {
  /** It may have another value. */
  CHANGED,
  /** It has not changed in time. */
  UNCHANGED,
  /** Redis does not tell of changes. */
  UNTRACKED,
  /** Redis has not even told the present value in time. */
  SILENT
}
