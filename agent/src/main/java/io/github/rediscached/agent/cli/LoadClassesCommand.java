package io.github.rediscached.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@link CheckCommand} has run in a JVM with the agent. */
@Command(name = LoadClassesCommand.NAME, hidden = true)
final class LoadClassesCommand implements Callable<Integer> {

  static final String NAME = "load-classes";

  @Spec private CommandSpec spec;

  @Parameters private String classPath;

  @SuppressWarnings("NullAway") // Picocli sets the fields.
  LoadClassesCommand() {}

  @Override
  public Integer call() throws Exception {
    new LoadedClassPath(spec.commandLine().getOut()).load(classPath);
    return 0;
  }
}
