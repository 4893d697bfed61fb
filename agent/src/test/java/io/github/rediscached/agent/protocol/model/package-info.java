/**
 * An exhaustive check of docs/protocol.md: a model of it, small enough to walk through every order
 * in which its steps and the faults of Redis can follow each other.
 */
@NullMarked
package io.github.rediscached.agent.protocol.model;

import org.jspecify.annotations.NullMarked;
