@NullMarked
package io.github.rediscached.agent.store;

import org.jspecify.annotations.NullMarked;
