package io.github.rediscached.agent.cli;

/** A command has failed; the message says why and what to do. */
final class CommandException extends Exception {

  private static final long serialVersionUID = 1;

  CommandException(String message) {
    super(message);
  }
}
