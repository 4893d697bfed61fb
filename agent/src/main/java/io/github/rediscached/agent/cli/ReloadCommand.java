package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.RunningVm;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Has the agent in a JVM read its settings again. */
@Command(
    name = "reload",
    description =
        "Has the agent in a running JVM read its settings again: new rules, removed ones, all"
            + " others. If they have mistakes nothing changes, and that JVM's stderr names them.")
final class ReloadCommand extends TellCommand {

  ReloadCommand(Path jar) {
    super(jar, "reload");
  }

  @Override
  String told(long pid, RunningVm vm) {
    return "asked " + pid + "; its stderr says what has come of it";
  }
}
