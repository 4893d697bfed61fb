@NullMarked
package io.github.rediscached.agent.instrument;

import org.jspecify.annotations.NullMarked;
