package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.LocalVms;
import io.github.rediscached.agent.attach.RunningVm;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the agent leave a JVM. */
@Command(
    name = "detach",
    description =
        "Takes the agent out of a running JVM: classes get their own byte code back, threads and"
            + " connections end. What is in Redis stays.")
final class DetachCommand implements Callable<Integer> {

  private static final String DETACH = "detach";

  private final Path jar;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PID", description = "The JVM.")
  private long pid;

  @SuppressWarnings("NullAway") // Picocli sets the fields.
  DetachCommand(Path jar) {
    this.jar = jar;
  }

  @Override
  public Integer call() throws Exception {
    try (RunningVm vm = LocalVms.attach(pid)) {
      if (!LocalVms.agentIn(vm).isThere()) {
        throw new CommandException("the agent is not in JVM " + pid + ".");
      }
      // It returns when the agent has left.
      vm.loadAgent(LocalVms.jarFor(pid, jar), DETACH);
      if (LocalVms.agentIn(vm).isThere()) {
        throw new CommandException(
            "the agent has not left JVM " + pid + ". Why is in that JVM's stderr.");
      }
      spec.commandLine().getOut().println("detached from " + pid);
      return 0;
    }
  }
}
