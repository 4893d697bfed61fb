package io.github.rediscached.agent.call;

import org.jspecify.annotations.Nullable;

/**
 * Makes and reads the objects that say "run the method" to an instrumented method. Their class
 * lives in the boot loader, where the compiler can't see it.
 */
public interface Bridge {

  /**
   * Before the method: run it; nothing is to be done afterwards. After it has thrown: throw that
   * on.
   */
  Object run();

  /** Run the method and give this back at its end. */
  Object miss(Object load);

  /** Throw this instead of running the method. */
  Object thrown(Throwable exception);

  /** What {@link #miss} was given; null for {@link #run}. */
  @Nullable Object loadOf(Object token);
}
