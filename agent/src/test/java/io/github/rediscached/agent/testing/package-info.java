/** What the tests of several parts share. */
@NullMarked
package io.github.rediscached.agent.testing;

import org.jspecify.annotations.NullMarked;
