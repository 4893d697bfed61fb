package io.github.rediscached.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How to start the shop, from the repository's directory.
 *
 * @param agent empty: without
 * @param jvmArguments such as {@code -Xmx1g}
 * @param databaseUrl empty: that of the environment
 * @param arguments the shop's
 */
record Launch(
    Optional<Path> agent,
    List<String> jvmArguments,
    Optional<String> databaseUrl,
    List<String> arguments) {

  /** Where the shop's jar is; logs go beside it. */
  static final Path TARGET = Path.of("sample-app", "target");

  private static final Path CONFIG = Path.of("sample-app", "rediscached.yaml");
  private static final String AGENT = "--agent=";

  /**
   * Reads a command line.
   *
   * @param commandLine {@code --agent=FILE}, or {@code --agent=none}, of which the last counts; the
   *     rest is the shop's
   * @throws Failure if there is no such file
   */
  static Launch parse(String... commandLine) {
    Optional<Path> agent = Optional.empty();
    List<String> arguments = new ArrayList<>();
    for (String argument : commandLine) {
      if (argument.equals(AGENT + "none")) {
        agent = Optional.empty();
      } else if (argument.startsWith(AGENT)) {
        agent = Optional.of(Path.of(argument.substring(AGENT.length())));
      } else {
        arguments.add(argument);
      }
    }
    agent.ifPresent(Launch::checkExists);
    return new Launch(agent, List.of(), Optional.empty(), arguments);
  }

  private static void checkExists(Path agent) {
    if (!Files.isRegularFile(agent)) {
      throw new Failure(
          "There is no agent at "
              + agent
              + ". Build it with mvn -pl agent -am package, or run with --agent=none.");
    }
  }

  /** The shop's process, not started yet. */
  ProcessBuilder process(String redisUrl) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    agent.ifPresent(jar -> command.add("-javaagent:" + jar + "=config=" + CONFIG));
    command.addAll(jvmArguments);
    command.add("-jar");
    command.add(TARGET.resolve("sample-app.jar").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("REDIS_URL", redisUrl);
    databaseUrl.ifPresent(url -> builder.environment().put("DATABASE_URL", url));
    return builder;
  }
}
