package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.AttachException;
import io.github.rediscached.agent.attach.LocalVms;
import io.github.rediscached.agent.attach.RunningVm;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Has the agent leave a JVM. */
@Command(
    name = "detach",
    description =
        "Takes the agent out of a running JVM: classes get their own byte code back, threads and"
            + " connections end. What is in Redis stays.")
final class DetachCommand extends TellCommand {

  DetachCommand(Path jar) {
    super(jar, "detach");
  }

  @Override
  String told(long pid, RunningVm vm) throws IOException, AttachException, CommandException {
    if (LocalVms.agentIn(vm).isThere()) {
      throw new CommandException(
          "the agent has not left JVM " + pid + ". Why is in that JVM's stderr.");
    }
    return "detached from " + pid;
  }
}
