package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.AttachException;
import io.github.rediscached.agent.attach.LocalVms;
import io.github.rediscached.agent.attach.RunningVm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the agent in a running JVM one word, as the argument of one more attach. */
abstract class TellCommand implements Callable<Integer> {

  private final Path jar;
  private final String word;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PID", description = "The JVM.")
  private long pid;

  @SuppressWarnings("NullAway") // Picocli sets the fields.
  TellCommand(Path jar, String word) {
    this.jar = jar;
    this.word = word;
  }

  @Override
  public final Integer call() throws Exception {
    try (RunningVm vm = LocalVms.attach(pid)) {
      if (!LocalVms.agentIn(vm).isThere()) {
        throw new CommandException("the agent is not in JVM " + pid + ".");
      }
      // It returns when the agent has done it.
      vm.loadAgent(LocalVms.jarFor(pid, jar), word);
      spec.commandLine().getOut().println(told(pid, vm));
      return 0;
    }
  }

  /** What the command prints once the agent has been told. */
  abstract String told(long itsPid, RunningVm vm)
      throws IOException, AttachException, CommandException;
}
