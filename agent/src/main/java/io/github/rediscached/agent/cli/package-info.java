/** The command line. It runs in a JVM of its own, and never in the application's. */
@NullMarked
package io.github.rediscached.agent.cli;

import org.jspecify.annotations.NullMarked;
