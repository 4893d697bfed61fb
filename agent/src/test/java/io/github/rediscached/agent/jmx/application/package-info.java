/** Applications with JMX and logging of their own, run in JVMs of their own. */
@NullMarked
package io.github.rediscached.agent.jmx.application;

import org.jspecify.annotations.NullMarked;
