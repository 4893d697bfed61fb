package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.LocalVms;
import io.github.rediscached.agent.attach.RunningVm;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the agent in a JVM read its settings again. */
@Command(
    name = "reload",
    description =
        "Has the agent in a running JVM read its settings again: new rules, removed ones, all"
            + " others. If they have mistakes nothing changes, and that JVM's stderr names them.")
final class ReloadCommand implements Callable<Integer> {

  private static final String RELOAD = "reload";

  private final Path jar;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PID", description = "The JVM.")
  private long pid;

  @SuppressWarnings("NullAway") // Picocli sets the fields.
  ReloadCommand(Path jar) {
    this.jar = jar;
  }

  @Override
  public Integer call() throws Exception {
    try (RunningVm vm = LocalVms.attach(pid)) {
      if (!LocalVms.agentIn(vm).isThere()) {
        throw new CommandException("the agent is not in JVM " + pid + ".");
      }
      vm.loadAgent(LocalVms.jarFor(pid, jar), RELOAD);
      spec.commandLine().getOut().println("asked " + pid + "; its stderr says what has come of it");
      return 0;
    }
  }
}
