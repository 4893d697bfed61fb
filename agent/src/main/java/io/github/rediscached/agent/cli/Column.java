package io.github.rediscached.agent.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A column of a table for people.
 *
 * @param number whether its cells stand to the right
 */
record Column(String name, boolean number) {

  static Column text(String name) {
    return new Column(name, false);
  }

  static Column number(String name) {
    return new Column(name, true);
  }

  /** The lines of a table, each column as wide as its widest cell. */
  static List<String> table(List<Column> columns, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(columns.stream().map(Column::name).toList());
    all.addAll(rows);
    int[] widths = new int[columns.size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String gap = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ");
        line.append(columns.get(i).number ? gap + row.get(i) : row.get(i) + gap);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
