package io.github.rediscached.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** A table of figures: printed, and put into the documentation where it is wanted there. */
public final class Report {

  private final String name;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param name what the place in the documentation is called, before the JDK's number
   */
  public Report(String name) {
    this.name = name + "-jdk" + Runtime.version().feature();
    line(
        "JDK "
            + Runtime.version()
            + ", "
            + System.getProperty("os.name")
            + ' '
            + System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors, "
            + LocalDate.now(java.time.ZoneOffset.UTC)
            + ":");
    line("");
  }

  public void line(String line) {
    text.append(line).append('\n');
  }

  /** A row of a table. */
  public void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  /**
   * Prints it, and puts it into the file of the argument {@code docs}, if there is one.
   *
   * @throws IOException as of {@link #putInto}
   */
  public void publish(Arguments arguments) throws IOException {
    System.out.println();
    System.out.print(text);
    if (!arguments.get("docs").isEmpty()) {
      putInto(Path.of(arguments.get("docs")));
    }
  }

  /**
   * Replaces what stands between {@code <!-- begin name -->} and {@code <!-- end name -->}.
   *
   * @throws IOException also if there are no such lines
   */
  private void putInto(Path file) throws IOException {
    String begin = "<!-- begin " + name + " -->\n";
    String end = "<!-- end " + name + " -->\n";
    String old = Files.readString(file);
    int from = old.indexOf(begin);
    int to = old.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(
          file + " has no lines \"" + begin.strip() + "\" and \"" + end.strip() + "\"");
    }
    Files.writeString(file, old.substring(0, from + begin.length()) + text + old.substring(to));
  }
}
