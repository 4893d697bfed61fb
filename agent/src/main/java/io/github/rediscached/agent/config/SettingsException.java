package io.github.rediscached.agent.config;

/**
 * The settings have mistakes. The message has a line for each, with its place, the value and a
 * remedy. It contains no password of a URI.
 */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1;

  SettingsException(String message) {
    super(message);
  }
}
