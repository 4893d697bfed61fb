/** The HTTP cache before the handlers of the JDK's own server, {@code com.sun.net.httpserver}. */
@NullMarked
package io.github.rediscached.agent.httpserver;

import org.jspecify.annotations.NullMarked;
