package io.github.rediscached.agent.key;

/** Carries the message of an {@link UnkeyableException} up through Kryo's signatures. */
final class Obstacle extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String text;

  Obstacle(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  UnkeyableException exception() {
    return new UnkeyableException(text);
  }
}
