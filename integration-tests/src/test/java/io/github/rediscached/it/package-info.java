/**
 * Tests of the shipped jar: {@link io.github.rediscached.it.Jvm} starts an application with it,
 * {@link io.github.rediscached.it.TestRedis} is a real Redis, {@link
 * io.github.rediscached.it.TcpProxy} makes it slow or dead. The applications stand in {@code
 * com.acme}.
 */
@NullMarked
package io.github.rediscached.it;

import org.jspecify.annotations.NullMarked;
