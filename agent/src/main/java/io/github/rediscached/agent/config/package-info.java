/** Settings: read from four places and checked as a whole. Start with {@code SettingsLoader}. */
@NullMarked
package io.github.rediscached.agent.config;

import org.jspecify.annotations.NullMarked;
