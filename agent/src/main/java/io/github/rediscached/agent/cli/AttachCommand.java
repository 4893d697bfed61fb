package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.AttachException;
import io.github.rediscached.agent.attach.LocalVm;
import io.github.rediscached.agent.attach.LocalVms;
import io.github.rediscached.agent.attach.RunningVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has running JVMs load the agent. */
@Command(
    name = "attach",
    customSynopsis = {
      "rediscached attach PID [--config FILE] [NAME=VALUE...]",
      "rediscached attach --include-main REGEX [--continuous] [--config FILE] [NAME=VALUE...]"
    },
    description = {
      "Loads the agent into a running JVM. From then on the methods are cached that annotations or"
          + " the rules of a file name.",
      "The settings are those of that JVM: its environment, its rediscached.yaml unless --config"
          + " names another file, and NAME=VALUE, such as namespace=shop."
    })
final class AttachCommand implements Callable<Integer> {

  private static final long LOOK_SECONDS = 1;
  private static final int MAX_TRIES = 5;

  private final Path jar;

  @Spec private CommandSpec spec;

  @Option(
      names = "--include-main",
      paramLabel = "REGEX",
      description = "All JVMs without the agent whose main class or jar matches.")
  private @Nullable Pattern main;

  @Option(
      names = "--continuous",
      description = "Goes on, and attaches to JVMs that start later, until it is interrupted.")
  private boolean continuous;

  @Option(names = "--config", paramLabel = "FILE", description = "The YAML file with the settings.")
  private @Nullable Path config;

  @Parameters(paramLabel = "PID or NAME=VALUE", description = "The JVM, and settings.")
  private List<String> words = new ArrayList<>();

  @SuppressWarnings("NullAway") // Picocli sets the fields.
  AttachCommand(Path jar) {
    this.jar = jar;
  }

  @Override
  public Integer call() throws Exception {
    if (main != null) {
      return all(main, argument(words));
    }
    if (words.isEmpty() || continuous) {
      throw mistake("Name a JVM by its PID, or several by --include-main. list shows them.");
    }
    attach(pid(words.get(0)), argument(words.subList(1, words.size())));
    return 0;
  }

  private long pid(String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw mistake("\"" + word + "\" is no PID. list shows the JVMs.");
    }
  }

  /** As the agent reads its argument. */
  private String argument(List<String> settings) {
    List<String> all = new ArrayList<>();
    if (config != null) {
      if (!Files.isReadable(config)) {
        throw mistake("the file of --config, " + config + ", can't be read.");
      }
      all.add("config=" + config.toAbsolutePath());
    }
    for (String setting : settings) {
      if (setting.indexOf('=') <= 0) {
        // Not the word itself, which may be a secret.
        throw mistake("a setting is written as NAME=VALUE, such as namespace=shop.");
      }
      all.add(setting);
    }
    return String.join(",", all);
  }

  private ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int all(Pattern pattern, String argument) throws InterruptedException {
    Set<Long> seen = new HashSet<>();
    Map<Long, Integer> tries = new HashMap<>();
    boolean failed = false;
    do {
      for (LocalVm vm : LocalVms.all()) {
        if (!seen.contains(vm.pid()) && pattern.matcher(vm.main()).find()) {
          try {
            if (!LocalVms.agentOf(vm.pid()).isThere()) {
              attach(vm.pid(), argument);
            }
            seen.add(vm.pid());
          } catch (IOException | AttachException | CommandException e) {
            // The others are not to suffer. One that has only just started is tried again.
            boolean again = continuous && tries.merge(vm.pid(), 1, Integer::sum) < MAX_TRIES;
            if (!again) {
              seen.add(vm.pid());
              failed = true;
              spec.commandLine().getErr().println("rediscached: " + e.getMessage());
            }
          }
        }
      }
      if (continuous) {
        TimeUnit.SECONDS.sleep(LOOK_SECONDS);
      }
    } while (continuous);
    return failed ? 1 : 0;
  }

  private void attach(long pid, String argument)
      throws IOException, AttachException, CommandException {
    try (RunningVm vm = LocalVms.attach(pid)) {
      LocalVm.Agent before = LocalVms.agentIn(vm);
      if (before.isThere()) {
        throw new CommandException(
            "the agent is in JVM "
                + pid
                + " already. Detach it first to change its settings: detach "
                + pid);
      }
      vm.loadAgent(LocalVms.jarFor(pid, jar), argument);
      LocalVm.Agent after = LocalVms.agentIn(vm);
      if (!after.isThere()) {
        throw new CommandException(
            "the agent has not started in JVM "
                + pid
                + ": its settings have mistakes. They are named in that JVM's stderr.");
      }
      spec.commandLine().getOut().println("attached to " + pid + ", agent " + after.version());
    }
  }
}
