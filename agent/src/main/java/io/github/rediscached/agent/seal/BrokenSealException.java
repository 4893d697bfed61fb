package io.github.rediscached.agent.seal;

/** A sealed value can't be opened. It says nothing of the value. */
public final class BrokenSealException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** It was sealed with a secret that is not known here. */
    UNKNOWN_SECRET,
    /** It was changed, or belongs to something else. */
    CHANGED
  }

  private final Kind kind;

  BrokenSealException(Kind kind) {
    super(kind.name(), null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
