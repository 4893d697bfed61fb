package io.github.rediscached.agent.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code near} of a method.
 *
 * @param enabled whether its results are kept in the memory of the JVM
 * @param maxTtl how long at most; null for as long as in Redis
 * @param shared whether all callers get the same object, even a mutable one
 */
public record NearOption(boolean enabled, @Nullable Duration maxTtl, boolean shared) {

  /** Results are kept, and shared only if they are immutable. */
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
    // YAML reads "off" as false.
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

  /** A copy with another value of {@link #shared}. */
  public NearOption shared(boolean all) {
    return new NearOption(enabled, maxTtl, all);
  }
}
