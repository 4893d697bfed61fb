/**
 * Tests of HTTP caching with the shipped jar: {@link io.github.rediscached.it.http.WebJvm} starts
 * the web application of {@code com.acme.http} with it, and a client asks that over the network.
 */
@NullMarked
package io.github.rediscached.it.http;

import org.jspecify.annotations.NullMarked;
