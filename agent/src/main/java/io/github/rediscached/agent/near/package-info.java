/** The near cache: results in this JVM's memory, good as long as Redis tells of every change. */
@NullMarked
package io.github.rediscached.agent.near;

import org.jspecify.annotations.NullMarked;
