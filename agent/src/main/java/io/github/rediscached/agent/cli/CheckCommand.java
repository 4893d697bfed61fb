package io.github.rediscached.agent.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Says what a file would cache. It does not guess: a JVM with the agent loads all classes of the
 * class path, runs none of them, asks no Redis, and what the agent says there is the answer.
 */
@Command(
    name = "check",
    description = {
      "Says which methods of a class path a file would have cached, which not and why, and which"
          + " rules match nothing. Nothing of the application runs, and Redis is not asked.",
      "Fails if there is a mistake, so a build can depend on it."
    })
final class CheckCommand implements Callable<Integer> {

  private static final String MARK = "[rediscached] ";
  private static final String WARNING = "WARN ";
  private static final String HEADING = WARNING + "the settings have mistakes";

  private final Path jar;

  @Spec private CommandSpec spec;

  @Option(names = "--config", required = true, paramLabel = "FILE", description = "The YAML file.")
  private Path config;

  @Option(
      names = {"--classpath", "--class-path", "-cp"},
      required = true,
      paramLabel = "PATH",
      description = "Jars and folders of classes, as java -cp has them.")
  private String classPath;

  @SuppressWarnings("NullAway") // Picocli sets the fields.
  CheckCommand(Path jar) {
    this.jar = jar;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isReadable(config)) {
      throw new ParameterException(
          spec.commandLine(), "the file of --config, " + config + ", can't be read.");
    }
    Process process = start();
    int mistakes = 0;
    PrintWriter out = spec.commandLine().getOut();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(MARK + HEADING)) {
          // The mistakes follow.
          continue;
        }
        if (line.startsWith(MARK + WARNING)) {
          mistakes++;
          out.println("mistake  " + line.substring((MARK + WARNING).length()));
        } else if (line.startsWith(LoadedClassPath.FOUND)) {
          out.println("cached   " + line.substring(LoadedClassPath.FOUND.length()));
        } else if (line.startsWith(LoadedClassPath.COUNT)) {
          out.println(line.substring(LoadedClassPath.COUNT.length()) + " classes looked at");
        } else if (!line.startsWith(MARK)) {
          spec.commandLine().getErr().println(line);
        }
      }
    }
    int code = process.waitFor();
    if (code != 0) {
      throw new CommandException("the JVM that was to load the classes has failed with " + code);
    }
    out.println(
        mistakes == 0 ? "no mistakes" : mistakes == 1 ? "1 mistake" : mistakes + " mistakes");
    return mistakes == 0 ? 0 : 1;
  }

  private Process start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-javaagent:"
                + jar
                + "=enabled=false,report-unmatched-after=1h,config="
                + config.toAbsolutePath(),
            "-cp",
            jar.toString(),
            "io.github.rediscached.agent.CommandMain",
            LoadClassesCommand.NAME,
            absolute(classPath));
    return builder.redirectErrorStream(true).start();
  }

  private static String absolute(String classPath) {
    StringBuilder all = new StringBuilder();
    for (String each : classPath.split(File.pathSeparator, -1)) {
      if (!each.isEmpty()) {
        all.append(all.isEmpty() ? "" : File.pathSeparator).append(Path.of(each).toAbsolutePath());
      }
    }
    return all.toString();
  }
}
