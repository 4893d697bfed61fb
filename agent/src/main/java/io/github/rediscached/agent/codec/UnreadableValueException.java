package io.github.rediscached.agent.codec;

import org.jspecify.annotations.Nullable;

/** The bytes of an entry can't be read in this JVM. It is a miss, never an error of the caller. */
public final class UnreadableValueException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** Written by classes that are not here, or that have another layout here. */
    FOREIGN_LAYOUT,
    /** Not what a writer writes. */
    CORRUPT,
    /** Names a class that a value of this method can't hold. */
    FORBIDDEN
  }

  private final Kind kind;
  private final String message;

  UnreadableValueException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
    this.message = message;
  }

  public Kind kind() {
    return kind;
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return message;
  }
}
