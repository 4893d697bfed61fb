/** Finds the methods to cache in class files and puts the call sites into them. */
@NullMarked
package io.github.rediscached.agent.instrument;

import org.jspecify.annotations.NullMarked;
