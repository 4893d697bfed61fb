package io.github.rediscached.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table of figures, each with what a call costs as a multiple of the first row's in brackets; and
 * a plot of what a call costs in the first column.
 */
public final class RatioTable {

  /** Of the longest bar, in characters. */
  private static final int PLOT_WIDTH = 60;

  private final List<Column> columns;
  private final List<String> titles = new ArrayList<>();
  private final List<double[]> rows = new ArrayList<>();

  /**
   * One figure of each row.
   *
   * @param decimals how many of them are shown
   * @param moreIsBetter true if it counts calls, not what a call costs
   */
  public record Column(String title, int decimals, boolean moreIsBetter) {}

  public RatioTable(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * Adds a row.
   *
   * @param figures one for each column
   */
  public void add(String title, double... figures) {
    titles.add(title);
    rows.add(figures);
  }

  public void writeTo(Report report) {
    String[] head = new String[columns.size() + 1];
    String[] rule = new String[head.length];
    head[0] = "";
    rule[0] = "---";
    for (int i = 0; i < columns.size(); i++) {
      head[i + 1] = columns.get(i).title();
      rule[i + 1] = "---:";
    }
    report.row(head);
    report.row(rule);
    for (int row = 0; row < rows.size(); row++) {
      String[] cells = new String[head.length];
      cells[0] = titles.get(row);
      for (int i = 0; i < columns.size(); i++) {
        cells[i + 1] = cell(columns.get(i), rows.get(row)[i], rows.get(0)[i]);
      }
      report.row(cells);
    }
    report.line("");
    if (!columns.get(0).moreIsBetter()) {
      plot(report);
    }
  }

  private void plot(Report report) {
    int titleWidth = titles.stream().mapToInt(String::length).max().orElse(0);
    double most = rows.stream().mapToDouble(row -> row[0]).max().orElse(0);
    report.line("```text");
    report.line(columns.get(0).title());
    for (int row = 0; row < rows.size(); row++) {
      double figure = rows.get(row)[0];
      report.line(
          String.format(
              Locale.ROOT,
              "%-" + titleWidth + "s  %s %.0f",
              titles.get(row),
              "█".repeat(Math.max(1, (int) Math.round(PLOT_WIDTH * figure / most))),
              figure));
    }
    report.line("```");
    report.line("");
  }

  private static String cell(Column column, double figure, double first) {
    String shown = String.format(Locale.ROOT, "%." + column.decimals() + "f", figure);
    double ratio = column.moreIsBetter() ? first / figure : figure / first;
    // Nothing is a multiple of nothing.
    return Double.isFinite(ratio) ? shown + String.format(Locale.ROOT, " (%.2f)", ratio) : shown;
  }
}
