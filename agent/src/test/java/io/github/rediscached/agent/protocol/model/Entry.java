package io.github.rediscached.agent.protocol.model;

/**
 * An entry in Redis.
 *
 * @param token of the lease under which it was stored
 * @param resultTag the version of the tag that its result named; 0 if it names none
 * @param value the version of the database that its load has read
 */
record Entry(int token, int namespace, int scope, int resultTag, int value) {}
