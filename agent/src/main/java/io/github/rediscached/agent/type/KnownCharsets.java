package io.github.rediscached.agent.type;

import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The character sets of this JVM, by their names. Asked for one that it does not have, the JDK each
 * time searches all jars for providers.
 */
final class KnownCharsets {

  private static final Map<String, Charset> BY_NAME = Charset.availableCharsets();

  private KnownCharsets() {}

  static Charset named(String name) {
    @Nullable Charset charset = BY_NAME.get(name);
    if (charset == null) {
      throw new IllegalArgumentException("There is no such character set.");
    }
    return charset;
  }
}
