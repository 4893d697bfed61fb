/** Programs that use libraries. They are run with the libraries changed and unchanged. */
@NullMarked
package io.github.rediscached.agent.instrument.library;

import org.jspecify.annotations.NullMarked;
