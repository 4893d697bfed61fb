/** The beans that JConsole shows. */
@NullMarked
package io.github.rediscached.agent.jmx;

import org.jspecify.annotations.NullMarked;
