package io.github.rediscached.agent.protocol.model;

/**
 * What an acquire answered: under which lease a load may store, and with which versions.
 *
 * @param counter as it was then
 */
record AcquiredLease(int token, int namespace, int scope, int pattern, int tags, int counter) {

  boolean sameVersions(AcquiredLease other) {
    return namespace == other.namespace && scope == other.scope && pattern == other.pattern;
  }
}
