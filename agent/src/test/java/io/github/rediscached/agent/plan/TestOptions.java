package io.github.rediscached.agent.plan;

import java.util.List;

/** Options for tests. */
public final class TestOptions {

  /** No option is set. */
  public static final CacheOptions DEFAULTS =
      new CacheOptions(
          null, null, null, null, null, true, List.of(), List.of(), null, null, NearOption.AUTO);

  private TestOptions() {}
}
