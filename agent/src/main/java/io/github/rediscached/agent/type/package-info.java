/**
 * What the agent knows of the classes whose instances become values or keys: the JDK's types, each
 * described once for both, and what class files tell of the others. Start at {@link
 * io.github.rediscached.agent.type.Jdk}.
 */
@NullMarked
package io.github.rediscached.agent.type;

import org.jspecify.annotations.NullMarked;
