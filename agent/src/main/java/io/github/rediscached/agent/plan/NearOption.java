package io.github.rediscached.agent.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a method's near cache may do.
 *
 * @param enabled whether its results are kept in the memory of the JVM
 * @param maxTtl how long at most; null for as long as in Redis
 * @param shared whether all callers get the same object even if it can be changed
 */
public record NearOption(boolean enabled, @Nullable Duration maxTtl, boolean shared) {

  /** Kept, and shared only if immutable. */
  public static final NearOption AUTO = new NearOption(true, null, false);

  /**
   * Reads {@code off}, {@code auto} or a time span.
   *
   * @throws IllegalArgumentException if it is nothing of these; the message completes a sentence
   *     that begins with the option's name
   */
  public static NearOption parse(String text) {
    if (text.equalsIgnoreCase("auto")) {
      return AUTO;
    }
    // YAML's own word for it is false.
    if (text.equalsIgnoreCase("off") || text.equalsIgnoreCase("false")) {
      return new NearOption(false, null, false);
    }
    try {
      return new NearOption(true, TimeSpan.parseTtl(text), false);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "is \"" + text + "\", neither off nor auto nor a time. Write one of them, such as 10s.",
          e);
    }
  }

  /** The same, with objects that can be changed shared or not. */
  public NearOption shared(boolean all) {
    return new NearOption(enabled, maxTtl, all);
  }
}
