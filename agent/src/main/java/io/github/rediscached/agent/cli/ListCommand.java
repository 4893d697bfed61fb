package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.LocalVm;
import io.github.rediscached.agent.attach.LocalVms;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the JVMs of this machine. */
@Command(
    name = "list",
    description = "Shows the JVMs of this machine, whose they are, and where the agent is in.")
final class ListCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // Picocli sets the fields.
  ListCommand() {}

  @Override
  public Integer call() {
    List<List<String>> rows = new ArrayList<>();
    for (LocalVm vm : LocalVms.all()) {
      rows.add(
          List.of(
              Long.toString(vm.pid()), vm.user(), agent(LocalVms.agentOf(vm.pid())), vm.main()));
    }
    PrintWriter out = spec.commandLine().getOut();
    Column.table(
            List.of(
                Column.number("PID"),
                Column.text("USER"),
                Column.text("AGENT"),
                Column.text("MAIN")),
            rows)
        .forEach(out::println);
    return 0;
  }

  private static String agent(LocalVm.Agent agent) {
    if (!agent.known()) {
      return "?";
    }
    return agent.since() == null ? "-" : agent.version() + " since " + TIME.format(agent.since());
  }
}
