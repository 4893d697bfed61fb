package io.github.rediscached.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM of its own with a server; the runners of this package start it. Its port is what it prints:
 * {@code listening on PORT}, or what Spring Boot prints when it is up.
 */
final class ServedJvm implements AutoCloseable {

  private static final Pattern LISTENS =
      Pattern.compile("(?:^listening on |Tomcat started on port )([0-9]+)");

  private final Process process;
  private int port;

  private ServedJvm(Process process) {
    this.process = process;
  }

  /**
   * Starts one of our classes. It need not be up on return: {@link #port} waits for that.
   *
   * @param options of the JVM
   * @param arguments of its main method
   */
  static ServedJvm start(Class<?> main, List<String> options, String... arguments)
      throws IOException {
    List<String> program = new ArrayList<>();
    program.add("-cp");
    program.add(System.getProperty("java.class.path"));
    program.add(main.getName());
    program.addAll(Arrays.asList(arguments));
    return new ServedJvm(run(options, program));
  }

  /**
   * Starts a jar in the same way.
   *
   * @param program the jar and its arguments
   */
  static ServedJvm startJar(List<String> options, String... program) throws IOException {
    List<String> command = new ArrayList<>(List.of("-jar"));
    command.addAll(Arrays.asList(program));
    return new ServedJvm(run(options, command));
  }

  private static Process run(List<String> options, List<String> program) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx512m");
    command.addAll(options);
    command.addAll(program);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  int port() throws IOException {
    if (port == 0) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      while (port == 0) {
        String line = lines.readLine();
        if (line == null) {
          throw new IOException("The server did not start.");
        }
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          port = Integer.parseInt(listens.group(1));
        }
      }
    }
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
