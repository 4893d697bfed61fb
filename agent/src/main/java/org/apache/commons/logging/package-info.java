/**
 * Takes the place of Apache Commons Logging for the libraries inside the agent, which must not
 * touch the application's logging: java.util.logging is fixed at its first use.
 */
@NullMarked
package org.apache.commons.logging;

import org.jspecify.annotations.NullMarked;
