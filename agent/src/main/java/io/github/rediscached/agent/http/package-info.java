/** Caches whole responses of web applications, as an HTTP cache inside the servlet container. */
@NullMarked
package io.github.rediscached.agent.http;

import org.jspecify.annotations.NullMarked;
