package com.acme.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An application's command line: reads commands from stdin, one a line, and answers each with one
 * line on stdout. What a command throws is its answer.
 */
public final class Console {

  /** Does what was asked for. */
  public interface Command {

    /**
     * Returns the answer.
     *
     * @param argument what stands after the command's name; empty if nothing does
     */
    Object run(String argument) throws Exception;
  }

  private final Map<String, Command> commands = new HashMap<>();

  public Console on(String name, Command command) {
    commands.put(name, command);
    return this;
  }

  /** Until stdin ends. */
  public void serve() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line));
    }
  }

  private Object answer(String line) {
    int space = line.indexOf(' ');
    Command command = commands.get(space < 0 ? line : line.substring(0, space));
    if (command == null) {
      return "unknown: " + line;
    }
    try {
      return command.run(space < 0 ? "" : line.substring(space + 1));
    } catch (Throwable thrown) {
      return "threw " + thrown;
    }
  }
}
