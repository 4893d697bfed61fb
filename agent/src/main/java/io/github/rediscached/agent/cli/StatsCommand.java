package io.github.rediscached.agent.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the figures of a JVM's caches. */
@Command(
    name = "stats",
    description = {
      "Shows what the caches of a JVM have done since its start, the most asked first.",
      "Hits are from the JVM's memory (NEAR), from Redis (REDIS), or the result of a load that"
          + " another caller had begun (WAITED)."
    })
final class StatsCommand implements Callable<Integer> {

  /** As docs/jmx.md has it: below, a cache hardly pays. */
  private static final double POOR_RATE = 0.7;

  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PID", description = "The JVM.")
  private long pid;

  @Option(names = "--watch", description = "Shows them again every second until it is interrupted.")
  private boolean watch;

  @Option(names = "--json", description = "One JSON object a line instead of the table.")
  private boolean json;

  @SuppressWarnings("NullAway") // Picocli sets the fields.
  StatsCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (RemoteBeans beans = RemoteBeans.of(pid)) {
      show(beans, out);
      while (watch && !out.checkError()) {
        TimeUnit.SECONDS.sleep(1);
        show(beans, out);
      }
    } catch (IOException e) {
      throw new CommandException("JVM " + pid + " has ended.");
    }
    return 0;
  }

  private void show(RemoteBeans beans, PrintWriter out) throws IOException, CommandException {
    SortedMap<String, Map<String, Number>> caches = beans.caches();
    if (json) {
      out.println(Json.object(caches));
    } else {
      if (watch && Ansi.AUTO.enabled()) {
        out.print(CLEAR_SCREEN);
      }
      table(caches).forEach(out::println);
    }
    out.flush();
  }

  private static List<String> table(SortedMap<String, Map<String, Number>> caches) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("CACHE"));
    for (CacheFigure figure : CacheFigure.values()) {
      columns.add(figure.column());
    }
    List<Map.Entry<String, Map<String, Number>>> sorted = new ArrayList<>(caches.entrySet());
    sorted.sort(
        Comparator.comparingDouble(
                (Map.Entry<String, Map<String, Number>> cache) ->
                    CacheFigure.of(cache.getValue(), CacheFigure.REQUESTS))
            .reversed());
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, Map<String, Number>> cache : sorted) {
      List<String> row = new ArrayList<>();
      row.add(cache.getKey());
      for (CacheFigure figure : CacheFigure.values()) {
        row.add(figure.cell(cache.getValue()));
      }
      rows.add(row);
    }
    List<String> lines = new ArrayList<>(Column.table(columns, rows));
    for (int i = 0; i < sorted.size(); i++) {
      lines.set(i + 1, coloured(lines.get(i + 1), sorted.get(i).getValue()));
    }
    return lines;
  }

  private static String coloured(String line, Map<String, Number> numbers) {
    if (CacheFigure.of(numbers, CacheFigure.REQUESTS) == 0) {
      return line;
    }
    boolean poor = CacheFigure.of(numbers, CacheFigure.HIT_RATE) < POOR_RATE;
    boolean failing = CacheFigure.of(numbers, CacheFigure.ERRORS) > 0;
    Ansi.IStyle style =
        failing ? Ansi.Style.fg_red : poor ? Ansi.Style.fg_yellow : Ansi.Style.fg_green;
    return Ansi.AUTO.enabled() ? style.on() + line + style.off() : line;
  }
}
