package io.github.rediscached.benchmarks.startup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has cost, from its start to its end.
 *
 * @param cpuMillis of all its threads, in the application and in the kernel for it
 */
record Measured(double cpuMillis, double wallMillis) {

  private static final Pattern TIMES = Pattern.compile("times (\\S+) (\\S+) (\\S+)");

  /**
   * Runs a command to its end.
   *
   * @throws IOException also if it fails
   */
  static Measured run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> timed = new ArrayList<>();
    // The shell asks the kernel for the ended child's times, in microseconds.
    timed.addAll(
        List.of("bash", "-c", "TIMEFORMAT='times %U %S %R'; time \"$@\" > /dev/null", "bash"));
    timed.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(timed);
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    Matcher times = TIMES.matcher(said);
    if (exitCode != 0 || !times.find()) {
      throw new IOException(command + " has failed: " + said);
    }
    return new Measured(
        1000 * (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2))),
        1000 * Double.parseDouble(times.group(3)));
  }
}
