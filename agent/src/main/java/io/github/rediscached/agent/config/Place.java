package io.github.rediscached.agent.config;

/**
 * The place of a value, for messages.
 *
 * @param source a file's path or the name of another source
 * @param line from 1; 0 if the source has no lines
 */
record Place(String source, int line) {

  Place(String source) {
    this(source, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
