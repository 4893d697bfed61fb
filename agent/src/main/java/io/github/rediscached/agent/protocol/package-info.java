/**
 * The steps of docs/protocol.md: scripts, leases, versions, and invalidations with those that have
 * not reached Redis yet.
 */
@NullMarked
package io.github.rediscached.agent.protocol;

import org.jspecify.annotations.NullMarked;
