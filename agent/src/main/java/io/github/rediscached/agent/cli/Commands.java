package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.AttachException;
import java.io.File;
import java.util.function.ToIntBiFunction;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Parses the command line and runs a command; {@code CommandMain} calls it. */
public final class Commands implements ToIntBiFunction<String[], File> {

  public Commands() {}

  /** Without a command there is nothing to do. */
  @Command(
      name = "rediscached",
      description = "Caches in Redis what the methods of a JVM return, without touching its code.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Exit codes: 0 done, 1 failed, 2 a mistake in the command.",
        "PID is the number of a JVM of this machine, as list shows it."
      })
  static final class Root implements Runnable {

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway") // Picocli sets it.
    Root() {}

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "Name a command.");
    }
  }

  /** Returns the exit code. */
  @Override
  public int applyAsInt(String[] arguments, File jar) {
    return commandLine(jar).execute(arguments);
  }

  static CommandLine commandLine(File jar) {
    CommandLine line = new CommandLine(new Root());
    line.addSubcommand(new ListCommand())
        .addSubcommand(new AttachCommand(jar.toPath()))
        .addSubcommand(new DetachCommand(jar.toPath()))
        .addSubcommand(new ReloadCommand(jar.toPath()))
        .addSubcommand(new StatsCommand())
        .addSubcommand(new InvalidateCommand())
        .addSubcommand(new CheckCommand(jar.toPath()))
        .addSubcommand(new LoadClassesCommand())
        .addSubcommand(new CommandLine.HelpCommand())
        .addSubcommand("generate-completion", new AutoComplete.GenerateCompletion());
    line.setExecutionExceptionHandler(
        (failed, its, parsed) -> {
          its.getErr().println("rediscached: " + message(failed));
          return CommandLine.ExitCode.SOFTWARE;
        });
    return line;
  }

  private static String message(Exception failed) {
    String said = failed.getMessage();
    boolean ours = failed instanceof CommandException || failed instanceof AttachException;
    // Messages of ours say what to do; others need their name.
    return ours && said != null ? said : failed.toString();
  }
}
