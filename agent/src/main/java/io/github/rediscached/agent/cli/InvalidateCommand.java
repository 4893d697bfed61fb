package io.github.rediscached.agent.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Invalidates for all JVMs of a namespace, through one of them. */
@Command(
    name = "invalidate",
    description = "Invalidates what is cached, for all JVMs of the namespace, at once.")
final class InvalidateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PID", description = "A JVM of the namespace.")
  private long pid;

  @ArgGroup(multiplicity = "1")
  private What what;

  /** One of them. */
  static final class What {

    @Option(names = "--tag", paramLabel = "TAG", description = "Everything with a tag.")
    private @Nullable String tag;

    @Option(names = "--cache", paramLabel = "CACHE", description = "A whole cache.")
    private @Nullable String cache;

    @Option(
        names = "--key",
        paramLabel = "KEY",
        description = "The entry with this key in Redis, such as shop:products:42.")
    private @Nullable String key;

    @Option(
        names = "--pattern",
        paramLabel = "GLOB",
        description = "All entries whose keys in Redis match, such as shop:products:4*.")
    private @Nullable String pattern;

    @Option(names = "--all", description = "The whole namespace.")
    private boolean all;
  }

  @SuppressWarnings("NullAway") // Picocli sets the fields.
  InvalidateCommand() {}

  @Override
  public Integer call() throws Exception {
    try (RemoteBeans beans = RemoteBeans.of(pid)) {
      String outcome = invalidate(beans);
      if (beans.pendingInvalidations() > 0) {
        throw new CommandException(
            "Redis has not confirmed it. JVM "
                + pid
                + " sends it as soon as it can, if it lives so long.");
      }
      spec.commandLine().getOut().println(outcome);
      return 0;
    }
  }

  private String invalidate(RemoteBeans beans) throws Exception {
    if (what.tag != null) {
      beans.invoke(RemoteBeans.AGENT, "invalidateTag", what.tag);
    } else if (what.cache != null) {
      beans.invoke(RemoteBeans.cache(what.cache), "clear");
    } else if (what.all) {
      beans.invoke(RemoteBeans.AGENT, "clearAll");
    } else {
      String pattern = what.key == null ? String.valueOf(what.pattern) : literally(what.key);
      Object deleted = beans.invoke(RemoteBeans.AGENT, "invalidatePattern", pattern);
      return deleted instanceof Long keys && keys >= 0
          ? keys + (keys == 1 ? " entry" : " entries") + " deleted"
          : "invalidated; whole caches, since the keys could not all be looked at";
    }
    return "invalidated";
  }

  /** As a glob that matches this key only. */
  private static String literally(String key) {
    return key.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
  }
}
