package io.github.rediscached.it;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a JVM.
 *
 * @param out its lines on stdout
 * @param err its lines on stderr
 */
record Outcome(int exitCode, List<String> out, List<String> err) {

  /** Of the line {@code name=value} on stdout. */
  String value(String name) {
    List<String> values = values(name);
    if (values.size() != 1) {
      throw new AssertionError(name + " is said " + values.size() + " times:\n" + this);
    }
    return values.get(0);
  }

  List<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (String line : out) {
      if (line.startsWith(name + "=")) {
        values.add(line.substring(name.length() + 1));
      }
    }
    return values;
  }

  /** Of the lines {@code name=value} on stdout of which the name begins so. */
  List<String> names(String beginning) {
    List<String> names = new ArrayList<>();
    for (String line : out) {
      int end = line.indexOf('=');
      if (end > 0 && line.startsWith(beginning)) {
        names.add(line.substring(0, end));
      }
    }
    return names;
  }

  /** The agent's lines on stderr, without their mark. */
  List<String> log() {
    List<String> lines = new ArrayList<>();
    for (String line : err) {
      if (line.startsWith("[rediscached] ")) {
        lines.add(line.substring("[rediscached] ".length()));
      }
    }
    return lines;
  }

  /** Fails with all that was said unless the application ended well. */
  Outcome succeeded() {
    if (exitCode != 0) {
      throw new AssertionError("exit code " + exitCode + "\n" + this);
    }
    return this;
  }

  @Override
  public String toString() {
    return "stdout:\n" + String.join("\n", out) + "\nstderr:\n" + String.join("\n", err);
  }
}
